using System.Runtime.InteropServices;
using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>Values that stand in one column each: the state of a case, the steps of a burst, the subject of a start.</summary>
internal static class JsonColumns
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ValueConverter<ReadOnlyMemory<byte>, byte[]> Bytes { get; } =
        new(memory => ToArray(memory), bytes => new ReadOnlyMemory<byte>(bytes));

    public static ValueComparer<ReadOnlyMemory<byte>> SameBytes { get; } =
        new((left, right) => Same(left, right), memory => memory.Length);

    public static ValueConverter<IReadOnlyList<StepRecord>, string> Steps { get; } =
        new(steps => JsonSerializer.Serialize(steps, Json), text => ReadSteps(text));

    public static ValueComparer<IReadOnlyList<StepRecord>> SameSteps { get; } =
        new((left, right) => ReferenceEquals(left, right), steps => steps.Count);

    public static ValueConverter<CaseSubject?, string?> Subject { get; } =
        new(subject => JsonSerializer.Serialize(subject, Json), text => text == null ? null : ReadSubject(text));

    /// <summary>A subject as its column holds it.</summary>
    public static CaseSubject? ReadSubject(string text) => JsonSerializer.Deserialize<CaseSubject>(text, Json);

    private static List<StepRecord> ReadSteps(string text) => JsonSerializer.Deserialize<List<StepRecord>>(text, Json) ?? [];

    private static bool Same(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceEqual(right.Span);

    private static byte[] ToArray(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : memory.ToArray();
}
