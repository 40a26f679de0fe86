using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>What the parts of a split transfer must be: each above zero, each of another invoice, together the transfer to the cent. Pure.</summary>
internal static class SplitRules
{
    internal static IReadOnlyList<RuleViolation> Broken(Money amount, IReadOnlyList<MatchPart> parts, IReadOnlyDictionary<Guid, Invoice> invoices)
    {
        var broken = new List<RuleViolation>();
        var seen = new HashSet<Guid>();
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            var invoice = invoices.GetValueOrDefault(part.InvoiceId);
            var rule = invoice is null ? RuleViolation.Of($"parts[{index}].invoiceId", RuleCodes.InvoiceUnknown)
                : !seen.Add(part.InvoiceId) ? RuleViolation.Of($"parts[{index}].invoiceId", RuleCodes.SplitTwice, ("number", invoice.Number))
                : invoice.Open.Currency != amount.Currency || part.Amount.Currency != amount.Currency ? RuleViolation.Of($"parts[{index}].invoiceId", RuleCodes.SplitCurrency, ("number", invoice.Number))
                : !part.Amount.IsPositive ? RuleViolation.Of($"parts[{index}].amountMinor", part.Amount.IsZero ? RuleCodes.AmountZero : RuleCodes.AmountNegative)
                : null;
            if (rule is not null)
            {
                broken.Add(rule);
            }
        }

        var sum = parts.Aggregate(Int128.Zero, (running, part) => running + part.Amount.AmountMinor);
        if (broken.Count == 0 && sum != amount.AmountMinor)
        {
            broken.Add(sum > long.MaxValue
                ? RuleViolation.Of("parts", RuleCodes.AmountTooLarge, ("limit", AmountLimit.Of(amount.Currency)))
                : RuleViolation.Of("parts", RuleCodes.SplitSum, ("expected", MoneyText.Plain(amount)), ("found", MoneyText.Plain(new Money((long)sum, amount.Currency)))));
        }

        return broken;
    }
}
