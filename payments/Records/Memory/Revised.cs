using System.Reflection;

namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>A record with another revision. A type parameter cannot be copied by <c>with</c>, so that the record's own copy method is bound once per type.</summary>
internal static class Revised<T> where T : class, IMerchantRecord
{
    private static readonly Func<T, T> Copy = typeof(T).GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance)!.CreateDelegate<Func<T, T>>();
    private static readonly Action<T, long> SetRevision = typeof(T).GetProperty(nameof(IMerchantRecord.Revision))!.SetMethod!.CreateDelegate<Action<T, long>>();

    internal static T At(T record, long revision)
    {
        var copy = Copy(record);
        SetRevision(copy, revision);
        return copy;
    }
}
