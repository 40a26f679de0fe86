using System.Reflection;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>The scenarios that come with the product, as Elsa JSON: a merchant begins with them and changes them.</summary>
public static class ReadyMadeScenarios
{
    /// <summary>The definition id of soft dunning, the default for invoices.</summary>
    public const string SoftDunningId = "soft-dunning";

    /// <summary>The definition id of transfer reconciliation.</summary>
    public const string TransferReconciliationId = "transfer-reconciliation";

    /// <summary>The definition id of the marketplace split, for invoices that name it.</summary>
    public const string MarketplaceSplitId = "marketplace-split";

    /// <summary>The definition id of collecting by direct debit with retries.</summary>
    public const string SepaRetryId = "sepa-retry";

    /// <summary>The definition ids of all of them.</summary>
    public static IReadOnlyList<string> Ids { get; } = [SoftDunningId, TransferReconciliationId, MarketplaceSplitId, SepaRetryId];

    /// <summary>The definition as JSON text; throws <see cref="ArgumentException"/> for an id that is not among <see cref="Ids"/>.</summary>
    public static string Json(string definitionId)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"scenarios/{definitionId}.json")
            ?? throw new ArgumentException($"There is no ready-made scenario '{definitionId}'.", nameof(definitionId));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
