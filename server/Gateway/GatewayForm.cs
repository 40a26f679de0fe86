using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralPay.Workflows.Payments.Gateway;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Writes a payment request as the gateway reads it: form fields, lists as repeated <c>name[]</c>, participants as JSON text, cents.</summary>
internal static class GatewayForm
{
    private const string DatePattern = "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz";
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static List<KeyValuePair<string, string>> Of(NewGatewayRequest request, GatewayOptions options)
    {
        IEnumerable<string> methods = options.PaymentMethods.Count > 0 ? options.PaymentMethods : [GatewayNames.CardMethod];
        List<KeyValuePair<string, string>> fields = [.. methods.Where(method => IsFor(method, request.Amount.Currency)).Select(method => Field("paymentMethod[]", method))];
        fields.Add(Field("currency", request.Amount.Currency));
        fields.Add(Field("totalAmount", Cents(request.Amount.AmountMinor)));
        fields.Add(Field("breakdown[]", JsonSerializer.Serialize(new Participant(request.Amount.AmountMinor, request.Email), Strict)));
        fields.Add(Field("merchantPaymentRequestId", request.MerchantPaymentRequestId));
        fields.Add(Field("description", request.Description));
        fields.Add(Field("endUserLanguage", request.Language));
        fields.Add(Field("redirectUrl", request.RedirectUrl));
        if (request.Deadline is { } deadline)
        {
            fields.Add(Field("deadline", deadline.ToString(DatePattern, CultureInfo.InvariantCulture)));
        }

        if (options.PointOfSaleId.Length > 0)
        {
            fields.Add(Field("pointOfSaleId", options.PointOfSaleId));
        }

        return fields;
    }

    // A SEPA transfer is in euros: asked for with another currency, the whole request would be refused.
    private static bool IsFor(string method, string currency) => method != GatewayNames.TransferMethod || currency == "EUR";

    private static KeyValuePair<string, string> Field(string name, string value) => new(name, value);

    private static string Cents(long amountMinor) => amountMinor.ToString(CultureInfo.InvariantCulture);

    private sealed record Participant(long Amount, string? Email);
}
