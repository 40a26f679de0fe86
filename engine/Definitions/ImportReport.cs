namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What came with a definition from elsewhere, and what of it cannot run here, or not there.</summary>
/// <param name="Steps">The steps read, those in loops and containers too; what holds the whole is none of them.</param>
/// <param name="Connections">The connections read.</param>
/// <param name="Variables">The variables read.</param>
/// <param name="Findings">What its reader should know, in the order of the drawing.</param>
public sealed record ImportReport(int Steps, int Connections, int Variables, IReadOnlyList<ImportFinding> Findings);

/// <summary>One thing to know of what was imported.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Step">The step it is about; of a connection, the step it leaves. Null where that is not in the drawing.</param>
/// <param name="Setting">The setting it is about; null for the whole step.</param>
/// <param name="What">The activity's type, the expression's syntax, or the outcome a connection leaves by.</param>
public sealed record ImportFinding(ImportFindingKind Kind, StepDefinition? Step, string? Setting, string What)
{
    /// <summary>The setting that was probably meant; null for none.</summary>
    public string? Suggestion { get; init; }
}

/// <summary>What there is to know of an import.</summary>
public enum ImportFindingKind
{
    /// <summary>Kept, cannot run here: the activity is not installed.</summary>
    UnknownActivity,

    /// <summary>Kept, cannot run here: the expression's syntax is unknown.</summary>
    UnsupportedSyntax,

    /// <summary>Kept, has no effect here: the installed activity has no such setting.</summary>
    UnknownSetting,

    /// <summary>Older shape: a connection with flat ends.</summary>
    FlatConnection,

    /// <summary>Older shape: a connection that does not say its ports.</summary>
    MissingPort,

    /// <summary>Older shape: an input with a place in memory.</summary>
    MemoryReference,

    /// <summary>Older shape: an input that is a bare value.</summary>
    BareValue,

    /// <summary>Older shape: <c>Json</c> for what is now <c>Object</c>.</summary>
    JsonSyntax,

    /// <summary>Elsa's own shape: a step whose activity Elsa did not know, and wrote as a text into a placeholder.</summary>
    ElsasPlaceholder,

    /// <summary>Runs here, not in Elsa: the expression's syntax is ours.</summary>
    OnlyHere,
}
