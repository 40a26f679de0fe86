using System.Collections.Frozen;

namespace CentralPay.Workflows.Sandbox.Cards;

/// <summary>What the pretended bank does with a card.</summary>
public enum CardOutcome { Accepted, Challenge, Refused }

/// <summary>The test cards of CentralPay's partners' pages. Any other number is turned away unread: a real card has no business here.</summary>
public static class TestCards
{
    private static readonly FrozenDictionary<string, CardOutcome> Outcomes = new Dictionary<string, CardOutcome>
    {
        ["4556557955726624"] = CardOutcome.Accepted,
        ["4916994064252017"] = CardOutcome.Challenge,
        ["4556104160382032"] = CardOutcome.Refused,
        ["5333259155643223"] = CardOutcome.Accepted,
        ["5306889942833340"] = CardOutcome.Challenge,
        ["5328720384582224"] = CardOutcome.Refused,
        ["341502098634895"] = CardOutcome.Accepted,
        ["345695399207589"] = CardOutcome.Refused,
        ["4000000000000002"] = CardOutcome.Accepted,
        // Listed as "No Card" beside the "Yes Card" above; taken for always refused.
        ["4000000000000085"] = CardOutcome.Refused,
    }.ToFrozenDictionary();

    public static CardOutcome? Outcome(string digits) => Outcomes.TryGetValue(digits, out var outcome) ? outcome : null;

    public static string Brand(string digits) => digits[0] switch { '4' => "VISA", '5' or '2' => "MASTERCARD", _ => "AMEX" };

    /// <summary>The check every card number carries.</summary>
    public static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[^(index + 1)] - '0';
            if (index % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return digits.Length > 0 && sum % 10 == 0;
    }
}
