using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>
/// Templates that a merchant adds. The name says all that the product must know of one: that it is the merchant's, and
/// whether it asks for money or tells something (<c>own.reminder.last-warning</c>). It is there as long as a text of it is;
/// where it has none in a language it goes out in another one of the same channel, and never in words of the product's.
/// </summary>
public static partial class OwnTemplates
{
    /// <summary>What names of reminders begin with.</summary>
    public const string ReminderPrefix = "own.reminder.";

    /// <summary>What names of notices begin with.</summary>
    public const string NoticePrefix = "own.notice.";

    /// <summary>What names of a merchant's own templates begin with.</summary>
    public const string Prefix = "own.";

    /// <summary>Characters of what a merchant calls a template, at the most.</summary>
    public const int MostCharacters = 40;

    /// <summary>The template of a name, or null where the name is none of an own one.</summary>
    public static MessageTemplate? Find(string name) => name is not null && Name().IsMatch(name)
        ? new MessageTemplate(name, IsReminder(name) ? MessagePurpose.Reminder : MessagePurpose.Notice, ["fr", "en"], [TextChannel.Email, TextChannel.Sms])
        : null;

    /// <summary>Whether it asks for money.</summary>
    public static bool IsReminder(string name) => name?.StartsWith(ReminderPrefix, StringComparison.Ordinal) == true;

    /// <summary>The name of a template that is called so; throws <see cref="RuleViolationException"/> where it is called nothing, or too long.</summary>
    public static string NameOf(MessagePurpose purpose, string called)
    {
        var words = NoLetter().Replace(Plain(called ?? ""), "-").Trim('-');
        if (words.Length == 0)
        {
            throw RuleViolationException.Of("name", RuleCodes.Required);
        }

        return words.Length > MostCharacters
            ? throw RuleViolationException.Of("name", RuleCodes.TooLong, ("limit", MostCharacters.ToString(CultureInfo.InvariantCulture)))
            : (purpose == MessagePurpose.Reminder ? ReminderPrefix : NoticePrefix) + words;
    }

    /// <summary>What people call it; null for one of the product's.</summary>
    public static string? WordsOf(string name)
    {
        if (Find(name) is null)
        {
            return null;
        }

        var words = name[(name.LastIndexOf('.') + 1)..].Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The product's template whose texts an author begins with; the name itself for one of the product's.</summary>
    internal static string DraftedFrom(string name) =>
        !name.StartsWith(Prefix, StringComparison.Ordinal) ? name : IsReminder(name) ? MessageTemplates.ReminderFirst : MessageTemplates.ReceiptPaid;

    private static string Plain(string called)
    {
        var plain = new StringBuilder();
        foreach (var sign in called.Trim().ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(sign);
            }
        }

        return plain.ToString();
    }

    [GeneratedRegex("^own\\.(reminder|notice)\\.[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NoLetter();
}
