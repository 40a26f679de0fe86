using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Reads the gateway's answers leniently: unknown fields are passed over, nulls accepted, what we need is required by name.</summary>
internal static class GatewayAnswers
{
    private const int ShownOfIban = 4;

    public static GatewayRequest Request(JsonElement answer)
    {
        var breakdowns = Items(answer, "breakdowns");
        var currency = Required(answer, "currency");
        return new GatewayRequest
        {
            Id = Required(answer, "paymentRequestId"),
            MerchantPaymentRequestId = Text(answer, "merchantPaymentRequestId") ?? "",
            Amount = answer.TryGetProperty("totalAmount", out var total) && total.ValueKind == JsonValueKind.Number ? new Money(Cents(answer, "totalAmount"), currency) : null,
            Endpoint = breakdowns.Select(breakdown => Text(breakdown, "endpoint")).FirstOrDefault(endpoint => endpoint is not null)
                ?? throw new GatewayAnswerException("breakdowns[0].endpoint is missing"),
            VirtualIban = Text(answer, GatewayNames.VirtualIban),
            RequestStatus = Required(answer, "paymentRequestStatus"),
            PaymentStatus = Required(answer, "paymentStatus"),
            Payments = [.. breakdowns.SelectMany(breakdown => Items(breakdown, "payments")).Where(IsCard).Select(payment => Payment(payment, currency))],
            TransferIds = [.. breakdowns.SelectMany(breakdown => Items(breakdown, "payments")).Where(payment => Text(payment, "paymentMethod") == GatewayNames.TransferMethod).Select(payment => Required(payment, "uuid"))],
        };
    }

    public static GatewayTransfer Transfer(JsonElement answer) => new()
    {
        Id = Required(answer, GatewayNames.TransferId),
        Amount = new Money(Cents(answer, "amount"), Required(answer, "currency")),
        BookedOn = Text(answer, "valueDate") is { } day && DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var bookedOn)
            ? bookedOn
            : DateOnly.FromDateTime(Instant(answer, "creationDate").UtcDateTime),
        CreditorIban = Text(answer, GatewayNames.VirtualIban),
        DebtorName = Text(answer, "debtorName"),
        DebtorIban = Text(answer, "debtorIban"),
        Remittance = Text(answer, "remittance"),
        EndToEndId = Text(answer, "endToEndId"),
    };

    /// <param name="answer">A transfer to a wallet, or a payout to an account.</param>
    /// <param name="isToWallet">Which of them.</param>
    public static GatewayPayout Payout(JsonElement answer, bool isToWallet) => new(
        Required(answer, isToWallet ? GatewayNames.WalletTransferId : GatewayNames.PayoutId),
        Text(answer, isToWallet ? GatewayNames.MerchantTransferId : GatewayNames.MerchantPayoutId) ?? "",
        Required(answer, isToWallet ? GatewayNames.WalletTransferStatus : GatewayNames.PayoutStatus) switch
        {
            GatewayNames.Executed => GatewayPayoutStatus.Executed,
            GatewayNames.Refused => GatewayPayoutStatus.Refused,
            _ => GatewayPayoutStatus.Pending,
        },
        Text(answer, GatewayNames.RefusalReason));

    public static GatewayMandate Mandate(JsonElement answer) => new()
    {
        Id = Required(answer, GatewayNames.MandateId),
        MerchantMandateId = Text(answer, GatewayNames.MandateReference) ?? "",
        Status = Required(answer, GatewayNames.MandateStatus),
        Endpoint = Text(answer, "endpoint"),
        DebtorName = Text(answer, "debtorName"),
        AccountEnding = Text(answer, "debtorIban") is { Length: >= ShownOfIban } iban ? iban[^ShownOfIban..] : null,
        SignedAt = Text(answer, "signatureDate") is null ? null : Instant(answer, "signatureDate"),
    };

    public static GatewayDebit Debit(JsonElement answer) => new()
    {
        Id = Required(answer, GatewayNames.DebitId),
        MerchantDebitId = Text(answer, GatewayNames.DebitReference) ?? "",
        Status = Required(answer, GatewayNames.DebitStatus),
        Amount = new Money(Cents(answer, "amount"), Required(answer, "currency")),
        CollectOn = DateOnly.TryParse(Required(answer, GatewayNames.CollectionDate), CultureInfo.InvariantCulture, out var day)
            ? day
            : throw new GatewayAnswerException($"{GatewayNames.CollectionDate} is not a date"),
        ClearedAt = Text(answer, "clearingDate") is null ? null : Instant(answer, "clearingDate"),
        ReasonCode = Text(answer, GatewayNames.ReasonCode),
    };

    /// <summary>
    /// What a search found under our reference; null where its list is empty. A search answers an array, or an object with one.
    /// Throws <see cref="GatewayAnswerException"/> where there is no list, or one of others only: then it was not searched.
    /// </summary>
    public static JsonElement? OursIn(JsonElement answer, string name, string reference)
    {
        var list = answer.ValueKind == JsonValueKind.Array
            ? answer
            : answer.ValueKind == JsonValueKind.Object
                ? answer.EnumerateObject().Select(property => property.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.Array)
                : default;
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new GatewayAnswerException("the search answers no list");
        }

        var ours = list.EnumerateArray().FirstOrDefault(item => item.ValueKind == JsonValueKind.Object && string.Equals(Text(item, name), reference, StringComparison.OrdinalIgnoreCase));
        return ours.ValueKind == JsonValueKind.Object ? ours : list.GetArrayLength() == 0 ? null : throw new GatewayAnswerException($"the search answers others than the {name} asked for");
    }

    /// <summary>The <c>errors</c> map as one sentence; the raw text's beginning when there is none.</summary>
    public static string Errors(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
            {
                return string.Join("; ", errors.EnumerateObject().Select(error => $"{error.Name}: {error.Value}"));
            }
        }
        catch (JsonException)
        {
            // Not JSON: the beginning of the text says more than nothing.
        }

        return body.Length > 200 ? body[..200] : body;
    }

    private static bool IsCard(JsonElement payment) => Text(payment, "paymentMethod") is null or GatewayNames.CardMethod;

    private static GatewayPayment Payment(JsonElement payment, string currency) => new(
        Required(payment, "uuid"), PaymentMethod.Card, new Money(Cents(payment, GatewayNames.PaymentAmount), currency), Instant(payment, GatewayNames.PaymentDate));

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Required(JsonElement parent, string name) =>
        Text(parent, name) ?? throw new GatewayAnswerException($"{name} is missing");

    private static long Cents(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var cents)
            ? cents
            : throw new GatewayAnswerException($"{name} is not a whole number of cents");

    private static DateTimeOffset Instant(JsonElement parent, string name) =>
        DateTimeOffset.TryParse(Text(parent, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : throw new GatewayAnswerException($"{name} is not a date-time");
}

/// <summary>The gateway answered something that cannot be read.</summary>
internal sealed class GatewayAnswerException(string message) : Exception(message);
