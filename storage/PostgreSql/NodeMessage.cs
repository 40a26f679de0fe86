using System.Text.Json;
using System.Text.Json.Serialization;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>What one node tells the others: that it is there, that there is work, which events were committed. Ids only.</summary>
/// <param name="From">The node that tells.</param>
/// <param name="Greets">Whether it has just begun to listen and wants to know who else does.</param>
/// <param name="Work">Whether a commit left work of cases.</param>
/// <param name="Effects">Whether a commit left work of the outbox.</param>
/// <param name="Events">Ids of committed events, by merchant.</param>
internal sealed record NodeMessage(Guid From, bool Greets, bool Work, bool Effects, IReadOnlyDictionary<Guid, Guid[]>? Events)
{
    /// <summary>Ids in one message: what PostgreSQL carries is under 8,000 bytes, and each may be of another merchant.</summary>
    public const int MostEvents = 90;

    /// <summary>The channel that nodes listen on.</summary>
    public const string Channel = "centralpay_nodes";

    /// <summary>The message as it travels.</summary>
    public string Write() => JsonSerializer.Serialize(this, NodeMessageJson.Default.NodeMessage);

    /// <summary>A message that came; null for what is none.</summary>
    public static NodeMessage? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, NodeMessageJson.Default.NodeMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(NodeMessage))]
internal sealed partial class NodeMessageJson : JsonSerializerContext;
