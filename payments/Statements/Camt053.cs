using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>Reads bank statements in ISO 20022 camt.053, version 02 and later. A file is read whole or refused whole.</summary>
internal static partial class Camt053
{
    private const string Message = "BkToCstmrStmt";

    /// <summary>The statements of a file; throws <see cref="RuleViolationException"/> on the field <c>file</c> for what is none, or does not add up.</summary>
    internal static IReadOnlyList<StatementRead> Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > StatementLimits.MaxBytes)
        {
            throw RuleViolationException.Of("file", RuleCodes.FileTooLarge, ("limit", $"{StatementLimits.MaxBytes / (1024 * 1024)} MB"));
        }

        if (content.Length == 0)
        {
            throw RuleViolationException.Of("file", RuleCodes.FileEmpty);
        }

        var statements = XmlParts.Read(content, ReadDocument);
        return statements.Count > 0 ? statements : throw RuleViolationException.Of("file", RuleCodes.StatementNone);
    }

    private static List<StatementRead> ReadDocument(XmlReader reader)
    {
        reader.MoveToContent();
        var kind = Kind().Match(reader.NamespaceURI) is { Success: true } known ? known.Value : reader.NamespaceURI;
        if (reader.LocalName != "Document" || (kind.Length > 0 && !IsStatement(kind)))
        {
            throw WrongKind(kind.Length > 0 ? kind : reader.LocalName);
        }

        var statements = new List<StatementRead>();
        var keys = new EntryKeys();
        var entries = 0;
        foreach (var child in XmlParts.Children(reader))
        {
            if (child != Message)
            {
                throw WrongKind(child);
            }

            foreach (var part in XmlParts.Children(reader))
            {
                if (part == "Stmt")
                {
                    RefuseMore(statements.Count + 1, StatementLimits.MaxStatements);
                    statements.Add(ReadStatement(reader, keys, ref entries));
                }
            }
        }

        return statements;
    }

    private static StatementRead ReadStatement(XmlReader reader, EntryKeys keys, ref int count)
    {
        var (id, number, account, currency) = ("", (string?)null, "", (string?)null);
        var (from, to) = ((DateOnly?)null, (DateOnly?)null);
        var balances = new List<(string Code, Money Amount)>();
        var entries = new List<StatementEntry>();
        var announced = 0;
        foreach (var name in XmlParts.Children(reader))
        {
            switch (name)
            {
                case "Id":
                    id = XmlParts.Element(reader).Value.Trim();
                    break;
                case "ElctrncSeqNb":
                    number = XmlParts.Element(reader).Value.Trim();
                    break;
                case "FrToDt":
                    var period = XmlParts.Element(reader);
                    (from, to) = (Day(period.Element("FrDtTm") ?? period.Element("FrDt")), Day(period.Element("ToDtTm") ?? period.Element("ToDt")));
                    break;
                case "Acct":
                    (account, currency) = ReadAccount(XmlParts.Element(reader));
                    break;
                case "Bal":
                    var balance = XmlParts.Element(reader);
                    balances.Add((balance.At("Tp", "CdOrPrtry", "Cd") ?? "", Signed(balance, "Bal")));
                    break;
                case "Ntry":
                    if (account.Length == 0)
                    {
                        throw RuleViolationException.Of("file", RuleCodes.StatementNoAccount, ("statement", id));
                    }

                    var entry = XmlParts.Element(reader);
                    if (!Camt053Entry.IsBooked(entry))
                    {
                        announced++;
                        break;
                    }

                    var movements = Camt053Entry.Read(entry, account, keys);
                    count += movements.Count;
                    RefuseMore(count, StatementLimits.MaxEntries);
                    entries.AddRange(movements);
                    break;
                default:
                    break;
            }
        }

        if (account.Length == 0)
        {
            throw RuleViolationException.Of("file", RuleCodes.StatementNoAccount, ("statement", id));
        }

        var statement = new StatementRead
        {
            Id = id,
            Number = number,
            Account = account,
            From = from ?? entries.Select(entry => (DateOnly?)entry.BookedOn).Min(),
            To = to ?? entries.Select(entry => (DateOnly?)entry.BookedOn).Max(),
            Opening = Of(balances, "OPBD") ?? Of(balances, "PRCD"),
            Closing = Of(balances, "CLBD"),
            Entries = entries,
            Announced = announced,
        };
        return Checked(statement, currency);
    }

    private static (string Account, string? Currency) ReadAccount(XElement account)
    {
        var iban = account.At("Id", "IBAN");
        return (Iban.TryParse(iban) ?? iban ?? account.At("Id", "Othr", "Id") ?? "", account.At("Ccy"));
    }

    private static Money? Of(List<(string Code, Money Amount)> balances, string code) =>
        balances.Where(balance => balance.Code == code).Select(balance => (Money?)balance.Amount).FirstOrDefault();

    /// <summary>Opening and movements must make the closing, where the bank tells both: a file that was cut or edited shows.</summary>
    private static StatementRead Checked(StatementRead statement, string? currency)
    {
        if (statement is not { Opening: { } opening, Closing: { } closing } || opening.Currency != closing.Currency || (currency is not null && currency != opening.Currency))
        {
            return statement;
        }

        var sum = statement.Entries.Where(entry => entry.Amount.Currency == opening.Currency)
            .Aggregate(Money.Zero(opening.Currency), (running, entry) => running + SignedOf(entry));
        return opening + sum == closing
            ? statement
            : throw RuleViolationException.Of("file", RuleCodes.StatementBalance,
                ("statement", statement.Id), ("opening", MoneyText.Plain(opening)), ("sum", MoneyText.Plain(sum)), ("closing", MoneyText.Plain(closing)));
    }

    private static Money SignedOf(StatementEntry entry) => entry.Kind is MovementKind.Credit or MovementKind.DebitReversal ? entry.Amount : -entry.Amount;

    internal static Money Signed(XElement part, string where)
    {
        var amount = Amount(part.Element("Amt")) ?? throw Broken(where, "Amt");
        return part.At("CdtDbtInd") switch
        {
            "CRDT" => amount,
            "DBIT" => -amount,
            _ => throw Broken(where, "CdtDbtInd"),
        };
    }

    /// <summary>An amount as ISO 20022 writes it: a point, up to five decimals, the currency beside it; null when it is none.</summary>
    internal static Money? Amount(XElement? element)
    {
        var currency = element?.Attribute("Ccy")?.Value;
        if (element is null || !Currencies.IsKnown(currency)
            || !decimal.TryParse(element.Value.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units))
        {
            return null;
        }

        var minor = units * Currencies.UnitsOf(currency!);
        return minor == decimal.Truncate(minor) && minor <= long.MaxValue ? new Money((long)minor, currency!) : null;
    }

    /// <summary>The day as the bank writes it, whatever hour and offset stand behind it; null when it is none.</summary>
    internal static DateOnly? Day(XElement? element)
    {
        const int dayLength = 10;
        var text = element?.Value.Trim() ?? "";
        return text.Length >= dayLength && DateOnly.TryParseExact(text[..dayLength], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    internal static RuleViolationException Broken(string where, string what) => RuleViolationException.Of("file", RuleCodes.StatementEntry, ("entry", where), ("element", what));

    private static bool IsStatement(string kind) => Version().Match(kind) is { Success: true } version && int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture) >= 2;

    private static RuleViolationException WrongKind(string found) => RuleViolationException.Of("file", RuleCodes.StatementKind, ("found", found.Length > 80 ? found[..80] : found));

    private static void RefuseMore(int count, int limit)
    {
        if (count > limit)
        {
            throw RuleViolationException.Of("file", RuleCodes.StatementTooLarge, ("limit", $"{limit}"));
        }
    }

    [GeneratedRegex(@"[a-z]{4}\.\d{3}\.\d{3}\.\d{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^camt\.053\.001\.(\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}

/// <summary>Short ways through an element.</summary>
internal static class XmlPath
{
    /// <summary>The trimmed text at the end of a path of first children; null when there is none.</summary>
    internal static string? At(this XElement? element, params string[] path)
    {
        foreach (var name in path)
        {
            element = element?.Element(name);
        }

        var text = element?.Value.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }
}
