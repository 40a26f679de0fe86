using System.Globalization;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Messages;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Messages;

/// <summary>How a message stands, and how it travels.</summary>
internal static class MessageWords
{
    /// <summary>The languages that a text can be added in by a click; the API takes any of ISO 639-1.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["fr", "en", "de", "es", "it", "nl", "pt", "pl"];

    public static (string Icon, string? Tone) LookOf(MessageStatus status) => status switch
    {
        MessageStatus.Sent => ("mark_email_read", "paid"),
        MessageStatus.Planned => ("schedule_send", "info"),
        MessageStatus.Covered => ("stacked_email", null),
        MessageStatus.Failed => ("error", "failed"),
        MessageStatus.Unknown => ("help", "late"),
        _ => ("cancel_schedule_send", null),
    };

    public static (string Icon, string? Tone) LookOf(MessageDelivery delivery) => delivery switch
    {
        MessageDelivery.Delivered or MessageDelivery.Read => ("done_all", "paid"),
        _ when DeliveryLife.IsBadEnd(delivery) => ("error", "failed"),
        _ => ("done", null),
    };

    public static string IconOf(MessageChannel channel) => channel == MessageChannel.Sms ? "sms" : "mail";

    public static string IconOf(TextChannel channel) => channel switch { TextChannel.Sms => "sms", TextChannel.Json => "webhook", _ => "mail" };

    /// <summary>Whose text it is; of a merchant's own template that nobody wrote so yet, that.</summary>
    public static string Whose(this IStringLocalizer<Phrases> say, TextShown text) =>
        text.IsOwn ? say["templates.own", text.Version] : say[OwnTemplates.Find(text.Template) is null ? "templates.ours" : "templates.unwritten"];

    public static string Language(string code)
    {
        var name = CultureInfo.GetCultureInfo(code).DisplayName;
        return name.Length == 0 ? code : char.ToUpper(name[0], CultureInfo.CurrentCulture) + name[1..];
    }
}
