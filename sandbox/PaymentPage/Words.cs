using System.Globalization;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>The words of the payment page in one language.</summary>
public sealed record Words
{
    public required CultureInfo Culture { get; init; }
    public required string ToPay { get; init; }
    public required string Reference { get; init; }
    public required string PayBefore { get; init; }
    public required string ByCard { get; init; }
    public required string ByTransfer { get; init; }
    public required string AmountUpTo { get; init; }
    public required string CardNumber { get; init; }
    public required string Expiry { get; init; }
    public required string ExpiryHint { get; init; }
    public required string Cvc { get; init; }
    public required string Holder { get; init; }
    public required string Pay { get; init; }
    public required string TransferHint { get; init; }
    public required string SandboxNote { get; init; }
    public required string TestCards { get; init; }
    public required string Accepted { get; init; }
    public required string WithCode { get; init; }
    public required string Refused { get; init; }
    public required string PaidTitle { get; init; }
    public required string PaidText { get; init; }
    public required string CanceledTitle { get; init; }
    public required string EndedTitle { get; init; }
    public required string EndedText { get; init; }
    public required string ThanksTitle { get; init; }
    public required string ThanksText { get; init; }
    public required string AlreadyPaid { get; init; }
    public required string ChallengeTitle { get; init; }
    public required string ChallengeText { get; init; }
    public required string Code { get; init; }
    public required string Confirm { get; init; }
    public required string Abandon { get; init; }
    public required string WrongCode { get; init; }
    public required string BankRefused { get; init; }
    public required string ChallengeFailed { get; init; }
    public required string BadNumber { get; init; }
    public required string NoTestCard { get; init; }
    public required string BadExpiry { get; init; }
    public required string BadCvc { get; init; }
    public required string BadHolder { get; init; }
    public required string BadAmount { get; init; }
    public required string NotFound { get; init; }

    public static readonly Words English = new()
    {
        Culture = CultureInfo.GetCultureInfo("en-IE"),
        ToPay = "To pay",
        Reference = "Reference",
        PayBefore = "Before",
        ByCard = "Pay by card",
        ByTransfer = "Pay by bank transfer",
        AmountUpTo = "Amount, up to",
        CardNumber = "Card number",
        Expiry = "Expiry",
        ExpiryHint = "MM/YY",
        Cvc = "Security code",
        Holder = "Name on card",
        Pay = "Pay",
        TransferHint = "Put the reference in the label of your transfer. This IBAN is for this payment only.",
        SandboxNote = "Sandbox: no real money moves.",
        TestCards = "Test cards",
        Accepted = "accepted",
        WithCode = "asks for the code 123456",
        Refused = "refused",
        PaidTitle = "Paid, thank you",
        PaidText = "Nothing is left to pay here.",
        CanceledTitle = "This request was canceled",
        EndedTitle = "This link is closed",
        EndedText = "It no longer takes payments. Please contact",
        ThanksTitle = "Thank you",
        ThanksText = "We received your payment of",
        AlreadyPaid = "already paid",
        ChallengeTitle = "Confirm with your bank",
        ChallengeText = "Your bank sent you a code. In the sandbox it is 123456.",
        Code = "Code",
        Confirm = "Confirm payment",
        Abandon = "Do not pay",
        WrongCode = "This is not the code. Please try again.",
        BankRefused = "Your bank refused this payment. Try another card.",
        ChallengeFailed = "The payment was not confirmed with your bank. You were not charged.",
        BadNumber = "This card number has a typing mistake.",
        NoTestCard = "Use one of the test cards: real cards are not taken here.",
        BadExpiry = "Enter a month and a year to come, as MM/YY.",
        BadCvc = "Enter the 3 digits on the back (4 for Amex).",
        BadHolder = "Enter the name on the card.",
        BadAmount = "Enter an amount up to",
        NotFound = "This payment page does not exist",
    };

    public static readonly Words French = new()
    {
        Culture = CultureInfo.GetCultureInfo("fr-FR"),
        ToPay = "À payer",
        Reference = "Référence",
        PayBefore = "Avant le",
        ByCard = "Payer par carte",
        ByTransfer = "Payer par virement",
        AmountUpTo = "Montant, jusqu’à",
        CardNumber = "Numéro de carte",
        Expiry = "Expiration",
        ExpiryHint = "MM/AA",
        Cvc = "Cryptogramme",
        Holder = "Nom sur la carte",
        Pay = "Payer",
        TransferHint = "Indiquez la référence dans le libellé du virement. Cet IBAN ne sert qu’à ce paiement.",
        SandboxNote = "Bac à sable : aucun argent réel ne circule.",
        TestCards = "Cartes de test",
        Accepted = "acceptée",
        WithCode = "demande le code 123456",
        Refused = "refusée",
        PaidTitle = "Payé, merci",
        PaidText = "Il ne reste rien à payer ici.",
        CanceledTitle = "Cette demande a été annulée",
        EndedTitle = "Ce lien est fermé",
        EndedText = "Il n’accepte plus de paiement. Merci de contacter",
        ThanksTitle = "Merci",
        ThanksText = "Nous avons bien reçu votre paiement de",
        AlreadyPaid = "déjà payé",
        ChallengeTitle = "Confirmez auprès de votre banque",
        ChallengeText = "Votre banque vous a envoyé un code. Dans le bac à sable, c’est 123456.",
        Code = "Code",
        Confirm = "Confirmer le paiement",
        Abandon = "Ne pas payer",
        WrongCode = "Ce n’est pas le bon code. Merci de réessayer.",
        BankRefused = "Votre banque a refusé ce paiement. Essayez une autre carte.",
        ChallengeFailed = "Le paiement n’a pas été confirmé auprès de votre banque. Vous n’avez pas été débité.",
        BadNumber = "Ce numéro de carte contient une erreur de saisie.",
        NoTestCard = "Utilisez une carte de test : les vraies cartes ne sont pas acceptées ici.",
        BadExpiry = "Saisissez un mois et une année à venir, au format MM/AA.",
        BadCvc = "Saisissez les 3 chiffres au dos (4 pour Amex).",
        BadHolder = "Saisissez le nom qui figure sur la carte.",
        BadAmount = "Saisissez un montant jusqu’à",
        NotFound = "Cette page de paiement n’existe pas",
    };

    /// <summary>French for a payer said or found to read French, English for all others.</summary>
    public static Words For(string? payerLanguage, string? acceptLanguage) =>
        (payerLanguage ?? acceptLanguage ?? "").StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? French : English;
}
