using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Amounts;

public sealed class AmountProperties
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly Gen<Money> AnyMoney =
        from minor in Gen.Choose(int.MinValue, int.MaxValue)
        from scale in Gen.Elements(1L, 20L, 400L)
        from currency in Gen.Elements(Currencies.All.ToArray())
        select new Money(minor * scale, currency);

    private static readonly Gen<string> Bodies = Gen.Elements(Letters.ToCharArray()).ArrayOf().Where(letters => letters.Length is > 0 and <= 21).Select(letters => new string(letters));

    [Fact]
    public void Every_amount_written_is_read_back_in_every_language() =>
        Properties.Hold(
            from money in AnyMoney
            from culture in Gen.Elements("fr-FR", "en-GB", "en-US", "de-DE", "nl-NL", "it-IT", "es-ES")
            select (money, culture),
            given =>
            {
                var culture = CultureInfo.GetCultureInfo(given.culture);
                var text = MoneyText.Format(given.money, culture);
                return MoneyText.TryParse(text, given.money.Currency, culture, out var read) is null && read == given.money;
            },
            tests: 2000);

    [Fact]
    public void Every_amount_written_for_machines_is_read_back() =>
        Properties.Hold(AnyMoney, money => AmountReader.TryRead(MoneyText.Plain(money), money.Currency, '.', out var read) is null && read == money, tests: 1000);

    [Fact]
    public void Shares_and_their_remainder_are_the_whole() =>
        Properties.Hold(
            from money in AnyMoney
            from weights in Gen.Choose(0, 10_000).NonEmptyListOf().Where(weights => weights.Any(weight => weight > 0))
            select (money, weights),
            given =>
            {
                var shared = MoneySharing.ByWeight(given.money, [.. given.weights.Select(weight => (long)weight)]);
                return shared.Parts.Aggregate(shared.Remainder, (sum, part) => sum + part) == given.money
                    && shared.WithRemainderOn(0).Aggregate(Money.Zero(given.money.Currency), (sum, part) => sum + part) == given.money
                    && Math.Abs(shared.Remainder.AmountMinor) < given.weights.Count;
            });

    [Fact]
    public void Made_references_check_and_one_digit_or_letter_for_another_never_does() =>
        Properties.Hold(
            from body in Bodies
            from at in Gen.Choose(4, 24)
            from letter in Gen.Elements(Letters.ToCharArray())
            select (body, at, letter),
            given =>
            {
                var reference = CreditorReference.Make(given.body);
                var at = Math.Min(given.at, reference.Length - 1);
                at = char.IsAsciiDigit(reference[at]) == char.IsAsciiDigit(given.letter) ? at : 3;
                var changed = at == 3 ? reference : reference[..at] + given.letter + reference[(at + 1)..];
                return CreditorReference.IsValid(reference) && CreditorReference.IsValid(changed) == (changed == reference);
            },
            tests: 1000);

    [Fact]
    public void Made_account_numbers_check() =>
        Properties.Hold(
            Gen.Elements("0123456789".ToCharArray()).ArrayOf(23).Select(digits => new string(digits)),
            account => Iban.IsValid(Iban.Make("FR", account)) && Iban.TryParse(Iban.Format(Iban.Make("FR", account))) == Iban.Make("FR", account));
}
