using CentralPay.Workflows.Sandbox.Api;

namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>Reads and checks what <c>POST /paymentRequest</c> sends.</summary>
public static class PaymentRequestForm
{
    public const int MostBreakdowns = 100;
    private const string CardMethod = "TRANSACTION";

    /// <exception cref="ApiRefusalException">400, naming every field that is wrong.</exception>
    public static PaymentRequest Read(ApiCall call)
    {
        var form = call.Form;
        var methods = ReadMethods(form);
        var currency = ReadCurrency(form, methods);
        var total = form.Cents("totalAmount");
        if (total is null && form.Text("totalAmount") is null) form.Refuse("totalAmount", "required");
        var free = form.Flag(UnconfirmedNames.FreeAmount) ?? false;
        var breakdowns = ReadBreakdowns(form, free);
        CheckTotal(form, total, breakdowns, free);
        var pointOfSale = form.Uuid("pointOfSaleId");
        if (pointOfSale is not null && pointOfSale != call.Account.PointOfSaleId) form.Refuse("pointOfSaleId", "unknown point of sale");
        var deadline = Future(call, "deadline");
        var linkExpiration = Future(call, "linkExpirationDate");
        var request = new PaymentRequest
        {
            AccountNumber = call.Account.Number,
            PaymentRequestId = Guid.CreateVersion7(call.Now),
            CreationDate = call.Now,
            PointOfSaleId = call.Account.PointOfSaleId,
            Deadline = deadline,
            LinkExpirationDate = linkExpiration,
            ExpiryDate = deadline < linkExpiration ? deadline : linkExpiration ?? deadline,
            ScenarioId = form.Uuid("scenarioId"),
            ScenarioStartingDate = form.Instant("scenarioStartingDate"),
            PaymentFormTemplateId = form.Uuid("paymentFormTemplateId"),
            MerchantPaymentRequestId = form.Text("merchantPaymentRequestId"),
            Description = form.Text("description", 1000),
            Currency = currency,
            TotalAmount = total ?? 0,
            CreateCustomer = form.Flag("createCustomer"),
            Language = form.Text("language", 10),
            EndUserLanguage = form.Text("endUserLanguage", 10) ?? form.Text("browserAcceptLanguage", 10),
            RedirectUrl = form.HttpAddress("redirectUrl"),
            CardAccepted = methods.Contains(CardMethod),
            TransferAccepted = methods.Contains(UnconfirmedNames.TransferMethod),
            FreeAmount = free,
            CaptureAtOnce = form.Flag(UnconfirmedNames.Capture) ?? true,
            Breakdowns = breakdowns,
        };
        form.ThrowIfRefused();
        return request;
    }

    private static IReadOnlyList<string> ReadMethods(FormFields form)
    {
        var methods = form.List("paymentMethod");
        if (methods.Count == 0) form.Refuse("paymentMethod", "at least one is required");
        if (methods.FirstOrDefault(method => method is not (CardMethod or UnconfirmedNames.TransferMethod)) is { } unknown)
            form.Refuse("paymentMethod", $"{unknown} is not offered by the sandbox; {CardMethod} and {UnconfirmedNames.TransferMethod} are");
        return methods;
    }

    private static string ReadCurrency(FormFields form, IReadOnlyList<string> methods)
    {
        var currency = form.Text("currency");
        if (currency is null) form.Refuse("currency", "required");
        else if (!Amounts.Currencies.Contains(currency)) form.Refuse("currency", "unknown currency; ISO 4217 letters are required");
        else if (currency != "EUR" && methods.Contains(UnconfirmedNames.TransferMethod)) form.Refuse("currency", "a SEPA transfer is in EUR");
        return currency ?? "";
    }

    private static List<Breakdown> ReadBreakdowns(FormFields form, bool free)
    {
        var texts = form.List("breakdown");
        if (texts.Count == 0) form.Refuse("breakdown", "at least one participant is required");
        if (texts.Count > MostBreakdowns) form.Refuse("breakdown", $"at most {MostBreakdowns} participants");
        var breakdowns = new List<Breakdown>();
        foreach (var text in texts)
        {
            if (LenientObject.Read(text) is not { } fields)
            {
                form.Refuse("breakdown", "each one is a JSON object as text, for example {\"amount\":1000,\"email\":\"a@b.fr\"}");
                continue;
            }
            var amount = LenientObject.Cents(fields, "amount");
            if (fields.TryGetValue("amount", out var written) && !(free && written is "0" or "") && amount is not (> 0 and <= Amounts.LargestCents))
                form.Refuse("breakdown.amount", Amounts.Rule);
            if (amount is 0) amount = null;
            if (amount is null && !free) form.Refuse("breakdown.amount", $"required, unless {UnconfirmedNames.FreeAmount}=1");
            breakdowns.Add(new Breakdown
            {
                PaymentRequestBreakdownId = Guid.CreateVersion7(),
                Amount = amount,
                Email = fields.GetValueOrDefault("email"),
                Phone = fields.GetValueOrDefault("phone"),
                FirstName = fields.GetValueOrDefault("firstName"),
                LastName = fields.GetValueOrDefault("lastName"),
                CustomerId = Guid.TryParse(fields.GetValueOrDefault("customerId"), out var customer) ? customer : null,
                Initiator = fields.GetValueOrDefault("initiator") is "True" or "true" or "1",
            });
        }
        return breakdowns;
    }

    private static void CheckTotal(FormFields form, long? total, List<Breakdown> breakdowns, bool free)
    {
        var shares = breakdowns.Sum(breakdown => breakdown.Amount ?? 0);
        if (total is null || breakdowns.Count == 0) return;
        if (free ? shares > total : shares != total) form.Refuse("totalAmount", $"the breakdowns sum to {shares}");
    }

    private static DateTimeOffset? Future(ApiCall call, string field)
    {
        var instant = call.Form.Instant(field);
        if (instant <= call.Now) call.Form.Refuse(field, "lies in the past");
        return instant;
    }
}
