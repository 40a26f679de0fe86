using System.Text.Json;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>The case's state as compact JSON: short names, nothing that the compiled scenario knows already.</summary>
internal static class StateJson
{
    /// <summary>A value as it is now, whatever becomes of the object it came from.</summary>
    public static JsonFragment Freeze(object value) => new(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), EngineJson.Options));
}
