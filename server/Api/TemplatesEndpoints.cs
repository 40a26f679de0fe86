using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Templates: the texts that customers, colleagues and programs get, and how they look filled in.</summary>
internal static class TemplatesEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        const string one = "/templates/{name}/{channel}/{language}";
        api.MapGet("/templates", async (TextDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(new Page<TemplateShown>([.. (await desk.ListAsync(cancellationToken)).Select(TemplateShown.Of)], null)))
            .Needs(Permissions.Read).Produces<Page<TemplateShown>>().WithTags("templates");
        api.MapGet(one, async (string name, string channel, string language, TextDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(TemplateShown.Of(await desk.GetAsync(name, ChannelOf(channel), language, cancellationToken))))
            .Needs(Permissions.Read).Produces<TemplateShown>().WithTags("templates");
        api.MapPut(one, async (string name, string channel, string language, TemplateEdit edit, TextDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(TemplateShown.Of(await desk.SaveAsync(name, ChannelOf(channel), language, edit.Source, edit.ExpectedVersion, cancellationToken))))
            .Needs(Permissions.DrawScenarios).Produces<TemplateShown>().WithTags("templates");
        api.MapDelete(one, async (string name, string channel, string language, int? version, TextDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(TemplateShown.Of(await desk.WithdrawAsync(name, ChannelOf(channel), language, version ?? throw RuleViolationException.Of("version", "revision-required"), cancellationToken))))
            .Needs(Permissions.DrawScenarios).Produces<TemplateShown>().WithTags("templates");
        api.MapPost(one + "/preview", PreviewAsync).Needs(Permissions.Read).Produces<PreviewShown>().WithTags("templates");
    }

    private static async Task<IResult> PreviewAsync(string name, string channel, string language, PreviewAsk ask, TextPreview preview, CancellationToken cancellationToken)
    {
        var shown = await preview.ShowAsync(name, ChannelOf(channel), language, ask.IsEmpty ? null : ask.Source, ask.InvoiceNumber, cancellationToken);
        return Results.Ok(new PreviewShown(
            shown.Composed.Subject, shown.Composed.Html.Length > 0 ? shown.Composed.Html : null, shown.Composed.Text, shown.Size?.Encoding, shown.Size?.Units, shown.Size?.Segments, shown.CustomerName, shown.InvoiceNumber, shown.IsSample));
    }

    private static TextChannel ChannelOf(string word) => Paging.Word<TextChannel>(word, "channel") ?? throw RuleViolationException.Of("channel", RuleCodes.Required);
}

/// <summary>A text as it is edited; the version is the one that was shown.</summary>
internal sealed record TemplateEdit(string? Subject, string? Preheader, string? Html, string? Text, int? Version)
{
    public TextSource Source => new() { Subject = Subject, Preheader = Preheader, Html = Html, Text = Text };

    public int ExpectedVersion => Version ?? throw RuleViolationException.Of("version", "revision-required");
}

/// <summary>A text to try, or none for the one that holds, and the invoice to try it on.</summary>
internal sealed record PreviewAsk(string? Subject, string? Preheader, string? Html, string? Text, string? InvoiceNumber)
{
    public TextSource Source => new() { Subject = Subject, Preheader = Preheader, Html = Html, Text = Text };

    public bool IsEmpty => Subject is null && Preheader is null && Html is null && Text is null;
}

/// <summary>A text as the API shows it.</summary>
internal sealed record TemplateShown(
    string Name, TextChannel Channel, string Language, string? Subject, string? Preheader, string? Html, string? Text, int Version, bool IsOwn, string? SavedBy, DateTimeOffset? SavedAt)
{
    public static TemplateShown Of(TextShown text) => new(
        text.Template, text.Channel, text.Language, text.Source.Subject, text.Source.Preheader, text.Source.Html, text.Source.Text, text.Version, text.IsOwn, text.SavedBy, text.SavedAt);
}

/// <summary>A text filled in.</summary>
internal sealed record PreviewShown(
    string Subject, string? Html, string Text, SmsEncoding? SmsEncoding, int? SmsUnits, int? SmsSegments, string CustomerName, string InvoiceNumber, bool IsSample);
