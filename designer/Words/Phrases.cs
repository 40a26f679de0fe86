namespace CentralPay.Workflows.Designer.Words;

/// <summary>The words of the back office: the name under which pages ask a localizer for them.</summary>
public sealed class Phrases
{
    /// <summary>The languages of the back office, the fallback first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr"];
}
