using System.Globalization;
using CentralPay.Workflows.Sandbox.Cards;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>What the payer typed, checked. Number and security code live no longer than this call: they are neither kept, logged, nor shown again.</summary>
public sealed record CardForm
{
    public CardOnReceipt? Card { get; init; }
    public CardOutcome Outcome { get; init; }
    public long AmountCents { get; init; }
    public Guid AttemptId { get; init; }

    /// <summary>What the page may show again after a mistake.</summary>
    public required PaymentFormState Shown { get; init; }

    public static CardForm Read(IFormCollection form, long amountLeftCents, bool freeAmount, Words words, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string>();
        var digits = string.Concat(form["number"].ToString().Where(char.IsAsciiDigit));
        var outcome = digits.Length == 0 || !TestCards.PassesLuhn(digits) ? null : TestCards.Outcome(digits);
        if (outcome is null) errors["number"] = TestCards.PassesLuhn(digits) ? words.NoTestCard : words.BadNumber;
        var expiry = ReadExpiry(form["expiry"].ToString(), now);
        if (expiry is null) errors["expiry"] = words.BadExpiry;
        if (form["cvc"].ToString() is not { Length: 3 or 4 } cvc || !cvc.All(char.IsAsciiDigit)) errors["cvc"] = words.BadCvc;
        var holder = form["holder"].ToString().Trim();
        if (holder.Length is 0 or > 100 || TestCards.PassesLuhn(string.Concat(holder.Where(char.IsAsciiDigit)))) errors["holder"] = words.BadHolder;
        var amountText = form["amount"].ToString().Trim();
        var amount = freeAmount ? ReadAmount(amountText) : amountLeftCents;
        if (amount is null || amount <= 0 || amount > amountLeftCents) errors["amount"] = words.BadAmount;
        var shown = new PaymentFormState(errors, errors.ContainsKey("holder") ? "" : holder, expiry is null ? "" : form["expiry"].ToString(), amountText, null);
        if (errors.Count > 0 || outcome is null || expiry is null) return new CardForm { Shown = shown };
        return new CardForm
        {
            Card = new CardOnReceipt
            {
                CommercialBrand = TestCards.Brand(digits),
                First6 = digits[..6],
                Last4 = digits[^4..],
                ExpirationMonth = expiry.Value.Month,
                ExpirationYear = expiry.Value.Year,
                CardholderName = holder.ToUpperInvariant(),
            },
            Outcome = outcome.Value,
            AmountCents = amount!.Value,
            AttemptId = Guid.TryParse(form["attempt"], out var attempt) ? attempt : Guid.CreateVersion7(),
            Shown = shown,
        };
    }

    /// <summary>Cents of an amount as French and English people type it: 12, 12,5 or 12.50.</summary>
    public static long? ReadAmount(string text)
    {
        var plain = string.Concat(text.Where(character => !char.IsWhiteSpace(character))).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && decimal.Round(amount, 2) == amount && amount <= PaymentRequests.Amounts.LargestCents / 100m ? (long)(amount * 100) : null;
    }

    private static (int Month, int Year)? ReadExpiry(string text, DateTimeOffset now)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length is not (4 or 6)) return null;
        var month = int.Parse(digits[..2], CultureInfo.InvariantCulture);
        var year = int.Parse(digits[2..], CultureInfo.InvariantCulture) + (digits.Length == 4 ? 2000 : 0);
        return month is >= 1 and <= 12 && (year, month).CompareTo((now.Year, now.Month)) >= 0 ? (month, year) : null;
    }
}

/// <summary>The form as it is shown (again): mistakes by field, what may stay filled in, and a message above it all.</summary>
public sealed record PaymentFormState(IReadOnlyDictionary<string, string> Errors, string Holder, string Expiry, string Amount, string? Message)
{
    public static PaymentFormState Fresh(string? message = null) => new(new Dictionary<string, string>(), "", "", "", message);

    public string? Error(string field) => Errors.GetValueOrDefault(field);
}
