using System.Text.Json.Serialization;
using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Cards;

namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>A payment request as the API shows it, field by field of the fact sheet; the unconfirmed ones carry their name's constant.</summary>
public sealed record PaymentRequestAnswer(
    Guid PaymentRequestId,
    DateTimeOffset CreationDate,
    Guid PointOfSaleId,
    DateTimeOffset? Deadline,
    DateTimeOffset? LinkExpirationDate,
    DateTimeOffset? EndingDate,
    Guid? ScenarioId,
    DateTimeOffset? ScenarioStartingDate,
    Guid? PaymentFormTemplateId,
    string? MerchantPaymentRequestId,
    string? Description,
    string Currency,
    long TotalAmount,
    PaymentRequestStatus PaymentRequestStatus,
    PaymentStatus PaymentStatus,
    bool? CreateCustomer,
    string? Language,
    string? RedirectUrl,
    string? CloseComment,
    [property: JsonPropertyName(UnconfirmedNames.VirtualIban)] string? VirtualIban,
    [property: JsonPropertyName(UnconfirmedNames.SepaReference)] string? SepaReference,
    IReadOnlyList<BreakdownAnswer> Breakdowns,
    TransactionAnswer? Transaction)
{
    /// <summary>Writes it out; <paramref name="transaction"/> is the latest card transaction that brought money, if any.</summary>
    public static PaymentRequestAnswer Of(PaymentRequest request, CardTransaction? transaction, string publicUrl) => new(
        request.PaymentRequestId,
        request.CreationDate,
        request.PointOfSaleId,
        request.Deadline,
        request.LinkExpirationDate,
        request.EndingDate,
        request.ScenarioId,
        request.ScenarioStartingDate,
        request.PaymentFormTemplateId,
        request.MerchantPaymentRequestId,
        request.Description,
        request.Currency,
        request.TotalAmount,
        request.PaymentRequestStatus,
        request.PaymentStatus,
        request.CreateCustomer,
        request.Language,
        request.RedirectUrl,
        request.CloseComment,
        request.VirtualIban,
        request.SepaReference,
        [.. request.Breakdowns.OrderBy(breakdown => breakdown.Number).Select(breakdown => BreakdownAnswer.Of(breakdown, publicUrl))],
        transaction is null ? null : TransactionAnswer.Of(transaction));
}

/// <summary>One participant of a payment request.</summary>
public sealed record BreakdownAnswer(
    Guid PaymentRequestBreakdownId,
    Guid? CustomerId,
    DateTimeOffset? LastEnteringDate,
    DateTimeOffset? LastPaymentAttempt,
    long? Amount,
    bool Initiator,
    string Endpoint,
    string? Email,
    string? Phone,
    string? FirstName,
    string? LastName,
    bool Entered,
    bool PaymentAttempted,
    bool Paid,
    int View,
    IReadOnlyList<PaymentAnswer> Payments)
{
    public static BreakdownAnswer Of(Breakdown breakdown, string publicUrl) => new(
        breakdown.PaymentRequestBreakdownId,
        breakdown.CustomerId,
        breakdown.LastEnteringDate,
        breakdown.LastPaymentAttempt,
        breakdown.Amount,
        breakdown.Initiator,
        EndpointOf(breakdown, publicUrl),
        breakdown.Email,
        breakdown.Phone,
        breakdown.FirstName,
        breakdown.LastName,
        breakdown.View > 0,
        breakdown.LastPaymentAttempt is not null,
        breakdown.Paid,
        breakdown.View,
        [.. breakdown.Payments.Where(payment => !payment.Canceled).OrderBy(payment => payment.Number)
            .Select(payment => new PaymentAnswer(payment.Uuid, payment.PaymentMethod, payment.Amount, payment.CreationDate))]);

    public static string EndpointOf(Breakdown breakdown, string publicUrl) => $"{publicUrl.TrimEnd('/')}/pay/{breakdown.PaymentRequestBreakdownId}";
}

/// <summary>Money that arrived for a participant: the id and kind of the underlying object.</summary>
public sealed record PaymentAnswer(
    Guid Uuid,
    string PaymentMethod,
    [property: JsonPropertyName(UnconfirmedNames.PaymentAmount)] long Amount,
    [property: JsonPropertyName(UnconfirmedNames.PaymentDate)] DateTimeOffset CreationDate);
