using System.Globalization;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>The words of the page on which a mandate is signed, in one language.</summary>
public sealed record MandateWords
{
    public required CultureInfo Culture { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Creditor { get; init; }
    public required string Reference { get; init; }
    public required string Scheme { get; init; }
    public required string Core { get; init; }
    public required string Business { get; init; }
    public required string Holder { get; init; }
    public required string Iban { get; init; }
    public required string Continue { get; init; }
    public required string BadHolder { get; init; }
    public required string BadIban { get; init; }
    public required string CodeTitle { get; init; }
    public required string CodeText { get; init; }
    public required string Code { get; init; }
    public required string Sign { get; init; }
    public required string Back { get; init; }
    public required string WrongCode { get; init; }
    public required string TooManyCodes { get; init; }
    public required string SignedTitle { get; init; }
    public required string SignedText { get; init; }
    public required string EndedTitle { get; init; }
    public required string EndedText { get; init; }
    public required string TestAccounts { get; init; }
    public required string SandboxNote { get; init; }

    public static readonly MandateWords English = new()
    {
        Culture = CultureInfo.GetCultureInfo("en-IE"),
        Title = "Direct debit mandate",
        Text = "By signing you allow the creditor to debit your account, and your bank to debit it as the creditor asks.",
        Creditor = "Creditor",
        Reference = "Mandate",
        Scheme = "Scheme",
        Core = "Core: refund within 8 weeks, without a question",
        Business = "B2B: no refund of an authorised debit",
        Holder = "Account holder",
        Iban = "IBAN of the account",
        Continue = "Get the code",
        BadHolder = "Enter the name of the account holder.",
        BadIban = "This IBAN has a typing mistake.",
        CodeTitle = "Sign with the code",
        CodeText = "We sent a code to your phone. In the sandbox it is 123456.",
        Code = "Code",
        Sign = "Sign the mandate",
        Back = "Change the account",
        WrongCode = "This is not the code. Please try again.",
        TooManyCodes = "Three codes were wrong. Please begin again.",
        SignedTitle = "The mandate is signed",
        SignedText = "Each debit will be announced to you. Reference:",
        EndedTitle = "This mandate has ended",
        EndedText = "It can no longer be signed. Please contact",
        TestAccounts = "Test accounts",
        SandboxNote = "Sandbox: no real money moves.",
    };

    public static readonly MandateWords French = new()
    {
        Culture = CultureInfo.GetCultureInfo("fr-FR"),
        Title = "Mandat de prélèvement",
        Text = "En signant, vous autorisez le créancier à débiter votre compte, et votre banque à le débiter à sa demande.",
        Creditor = "Créancier",
        Reference = "Mandat",
        Scheme = "Schéma",
        Core = "Core : remboursement sous 8 semaines, sans motif",
        Business = "B2B : un prélèvement autorisé n’est pas remboursé",
        Holder = "Titulaire du compte",
        Iban = "IBAN du compte",
        Continue = "Recevoir le code",
        BadHolder = "Saisissez le nom du titulaire du compte.",
        BadIban = "Cet IBAN contient une erreur de saisie.",
        CodeTitle = "Signez avec le code",
        CodeText = "Nous avons envoyé un code sur votre téléphone. Dans le bac à sable, c’est 123456.",
        Code = "Code",
        Sign = "Signer le mandat",
        Back = "Changer de compte",
        WrongCode = "Ce n’est pas le bon code. Merci de réessayer.",
        TooManyCodes = "Trois codes étaient faux. Merci de recommencer.",
        SignedTitle = "Le mandat est signé",
        SignedText = "Chaque prélèvement vous sera annoncé. Référence :",
        EndedTitle = "Ce mandat a pris fin",
        EndedText = "Il ne peut plus être signé. Merci de contacter",
        TestAccounts = "Comptes de test",
        SandboxNote = "Bac à sable : aucun argent réel ne circule.",
    };

    /// <summary>French for a payer said or found to read French, English for all others.</summary>
    public static MandateWords For(string? payerLanguage, string? acceptLanguage) =>
        (payerLanguage ?? acceptLanguage ?? "").StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? French : English;
}
