using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Access;

/// <summary>Writes who did what, in the unit of work of the change itself.</summary>
public sealed class AuditLog(IMerchantRecords records, ICurrentActor current, TimeProvider time)
{
    /// <summary>Appends an entry.</summary>
    /// <param name="action">What was done (<c>invoice.disputed</c>).</param>
    /// <param name="subject">What it was done to, by reference (<c>invoice:0192…</c>).</param>
    /// <param name="details">An object to keep as JSON; no personal data.</param>
    public void Write(string action, string subject, object? details = null) => records.Add(new AuditEntry
    {
        Id = Guid.CreateVersion7(),
        MerchantId = records.MerchantId,
        At = time.GetUtcNow(),
        ActorId = current.Actor.Id,
        Action = action,
        Subject = subject,
        DetailsJson = details is null ? "{}" : DomainJson.Write(details),
    });
}
