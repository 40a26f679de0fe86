namespace CentralPay.Workflows.Designer.Scenarios.Comparing;

/// <summary>One thing that a version changes, as a sentence.</summary>
/// <param name="Kind">Whether something is new, gone or otherwise.</param>
/// <param name="Text">The sentence, in the reader's language.</param>
public sealed record ChangeLine(ChangeKind Kind, string Text);

/// <summary>What a change is, at a glance.</summary>
public enum ChangeKind
{
    /// <summary>Something is new.</summary>
    Added,

    /// <summary>Something is gone.</summary>
    Removed,

    /// <summary>Something is otherwise.</summary>
    Changed,
}

/// <summary>What a version changes, told to people.</summary>
/// <param name="Lines">What happens otherwise.</param>
/// <param name="Layout">That steps were moved; null where none was.</param>
public sealed record ChangesTold(IReadOnlyList<ChangeLine> Lines, string? Layout);
