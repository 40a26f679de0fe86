using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>Gives a record another revision, as <c>record with { Revision = … }</c> does where the type is known.</summary>
internal static class RecordRevision
{
    private static readonly ConcurrentDictionary<Type, Func<IMerchantRecord, long, IMerchantRecord>> Copies = new();

    public static IMerchantRecord At(IMerchantRecord record, long revision) =>
        Copies.GetOrAdd(record.GetType(), Compile)(record, revision);

    private static Func<IMerchantRecord, long, IMerchantRecord> Compile(Type type)
    {
        var clone = type.GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public)
            ?? throw new InvalidOperationException($"{type.Name} must be a record: its revision is set on a copy.");
        var record = Expression.Parameter(typeof(IMerchantRecord), "record");
        var revision = Expression.Parameter(typeof(long), "revision");
        var copy = Expression.Variable(type, "copy");
        return Expression.Lambda<Func<IMerchantRecord, long, IMerchantRecord>>(
            Expression.Block(
                [copy],
                Expression.Assign(copy, Expression.Convert(Expression.Call(Expression.Convert(record, type), clone), type)),
                Expression.Call(copy, type.GetProperty(nameof(IMerchantRecord.Revision))!.SetMethod!, revision),
                Expression.Convert(copy, typeof(IMerchantRecord))),
            record,
            revision).Compile();
    }
}
