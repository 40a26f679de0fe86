using System.Text.Json.Serialization;
using CentralPay.Workflows.Sandbox.Api;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>Life of a mandate; unconfirmed.</summary>
public enum MandateStatus { Pending, Active, Canceled }

/// <summary>The schemes of SEPA direct debit.</summary>
public enum DebitScheme { Core, B2B }

/// <summary>A payer's leave to debit an account, signed on the page of the gateway by a one-time code.</summary>
public sealed class Mandate
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid MandateId { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public string? MerchantMandateId { get; init; }

    /// <summary>The unique mandate reference (RUM), at most 35 characters, unique in an account.</summary>
    public required string Rum { get; init; }

    public required DebitScheme Scheme { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? EndUserLanguage { get; init; }
    public string? RedirectUrl { get; init; }
    public string? DebtorName { get; set; }
    public string? DebtorIban { get; set; }
    public MandateStatus MandateStatus { get; set; }
    public DateTimeOffset? SignatureDate { get; set; }

    /// <summary>Wrong codes since the account was typed in.</summary>
    public int WrongCodes { get; set; }

    /// <summary>What the debtor's bank does with the debits to come, as <see cref="BankPlan"/> writes it.</summary>
    public string Plan { get; set; } = BankPlan.Paid;
}

/// <summary>The mandate as the API and webhooks show it; all of it is unconfirmed.</summary>
public sealed record MandateAnswer(
    [property: JsonPropertyName(UnconfirmedNames.MandateId)] Guid MandateId,
    DateTimeOffset CreationDate,
    [property: JsonPropertyName(UnconfirmedNames.MandateReference)] string? MerchantMandateId,
    [property: JsonPropertyName(UnconfirmedNames.MandateStatus)] MandateStatus MandateStatus,
    string Rum,
    string Scheme,
    string? Endpoint,
    string? DebtorName,
    string? DebtorIban,
    DateTimeOffset? SignatureDate)
{
    public static MandateAnswer Of(Mandate mandate, string publicUrl) => new(
        mandate.MandateId, mandate.CreationDate, mandate.MerchantMandateId, mandate.MandateStatus, mandate.Rum, mandate.Scheme.ToString().ToUpperInvariant(),
        mandate.MandateStatus == MandateStatus.Canceled ? null : PageOf(mandate, publicUrl), mandate.DebtorName,
        mandate.MandateStatus == MandateStatus.Pending ? null : mandate.DebtorIban, mandate.SignatureDate);

    public static string PageOf(Mandate mandate, string publicUrl) => $"{publicUrl.TrimEnd('/')}/mandate/{mandate.MandateId}";
}
