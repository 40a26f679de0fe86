using System.Text.Json.Serialization;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>What the bridge reads of an <c>invoice.imported</c> event.</summary>
internal sealed record InvoiceImportedData(string? Number, string? ScenarioId);

/// <summary>What the bridge reads of an <c>invoice.reopened</c> event.</summary>
internal sealed record InvoiceReopenedData(string? Number, string? ScenarioId, bool WasPaid);

/// <summary>What the bridge reads of an <c>effect.answered</c> event.</summary>
internal sealed record EffectAnsweredData(string Key, string? Outcome);

/// <summary>What the bridge reads of a <c>debit.returned</c> event.</summary>
internal sealed record DebitReturnedData(string? Number);

/// <summary>What the bridge reads of an <c>invoice.told</c> event.</summary>
internal sealed record InvoiceToldData(string? Event);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(InvoiceImportedData))]
[JsonSerializable(typeof(InvoiceReopenedData))]
[JsonSerializable(typeof(EffectAnsweredData))]
[JsonSerializable(typeof(DebitReturnedData))]
[JsonSerializable(typeof(InvoiceToldData))]
internal sealed partial class EventData : JsonSerializerContext;
