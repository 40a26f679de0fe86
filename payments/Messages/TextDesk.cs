using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>A text as the desk shows it: what holds, and which version of the merchant's it is.</summary>
/// <param name="Template">The template's name.</param>
/// <param name="Channel">What it is written for.</param>
/// <param name="Language">Its language, ISO 639-1.</param>
/// <param name="Source">What holds: the merchant's own, else the product's. Of an own template that is not written so, what an author may begin with.</param>
/// <param name="Version">The version to give when it is saved: that of the merchant's newest; 0 where they never saved one.</param>
/// <param name="IsOwn">Whether the merchant's own text holds.</param>
/// <param name="SavedBy">Who saved it; null for the product's.</param>
/// <param name="SavedAt">When (business time); null for the product's.</param>
public sealed record TextShown(string Template, TextChannel Channel, string Language, TextSource Source, int Version, bool IsOwn, string? SavedBy, DateTimeOffset? SavedAt);

/// <summary>Where a merchant's own texts are read, checked, saved and taken back. Pages and the API use it alike. Scoped to a merchant.</summary>
public sealed class TextDesk(IMerchantRecords records, TextLibrary library, ICurrentActor current, AuditLog audit, TimeProvider time)
{
    /// <summary>Characters of a subject or the line behind it, at the most.</summary>
    public const int SubjectLimit = 200;

    /// <summary>Characters of HTML or text, at the most.</summary>
    public const int BodyLimit = 50_000;

    private const int MostTexts = 1000;
    private const int MostVersionsShown = 100;

    /// <summary>Every text there is: each template on each of its channels in each of its languages. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<IReadOnlyList<TextShown>> ListAsync(CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var own = (await records.ListAsync<TextVersion>(text => text.IsCurrent, MostTexts, cancellationToken)).ToLookup(text => (text.Template, text.Channel));
        return
        [
            .. from template in MessageTemplates.All.Concat(OwnOf(own.SelectMany(texts => texts)))
            from channel in template.Channels
            let versions = own[(template.Name, channel)].ToDictionary(text => text.Language)
            from language in template.Languages.Concat(versions.Values.Where(text => !text.IsWithdrawal).Select(text => text.Language)).Distinct()
            select Shown(template.Name, channel, language, versions.GetValueOrDefault(language)),
        ];
    }

    /// <summary>The templates that the merchant added. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<IReadOnlyList<MessageTemplate>> OwnAsync(CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return OwnOf(await records.ListAsync<TextVersion>(text => text.IsCurrent && !text.IsWithdrawal && text.Template.StartsWith(OwnTemplates.Prefix), MostTexts, cancellationToken));
    }

    /// <summary>
    /// One text; in a language that nobody wrote yet, what an author may begin with. Needs <see cref="Permissions.Read"/>.
    /// Throws <see cref="RuleViolationException"/> where there is no such template, channel or language.
    /// </summary>
    public async Task<TextShown> GetAsync(string template, TextChannel channel, string language, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        RefuseUnknown(template, channel, language);
        return Shown(template, channel, language, await library.NewestAsync(template, channel, language, cancellationToken));
    }

    /// <summary>The merchant's versions of a text, newest first. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<IReadOnlyList<TextVersion>> VersionsAsync(string template, TextChannel channel, string language, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return await records.PageAsync<TextVersion>(text => text.Template == template && text.Channel == channel && text.Language == language, null, MostVersionsShown, cancellationToken);
    }

    /// <summary>
    /// Saves a text as the next version, and commits. Needs <see cref="Permissions.DrawScenarios"/>. Throws
    /// <see cref="RuleViolationException"/> for a text that breaks a rule, each with its field and line, and
    /// <see cref="RecordConflictException"/> when somebody saved another version meanwhile.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="channel">What it is written for.</param>
    /// <param name="language">Its language, ISO 639-1.</param>
    /// <param name="source">The text.</param>
    /// <param name="expectedVersion">The version that was edited, as it was shown.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<TextShown> SaveAsync(string template, TextChannel channel, string language, TextSource source, int expectedVersion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        current.Actor.Require(Permissions.DrawScenarios);
        RefuseUnknown(template, channel, language);
        var kept = Kept(source, channel);
        var broken = Problems(MessageTemplates.Find(template)!, channel, kept);
        return broken.Count > 0
            ? throw new RuleViolationException(broken)
            : await AddAsync(template, channel, language, kept, isWithdrawal: false, expectedVersion, cancellationToken);
    }

    /// <summary>Takes the merchant's text back, so that the product's holds again, and commits. Needs <see cref="Permissions.DrawScenarios"/>.</summary>
    public async Task<TextShown> WithdrawAsync(string template, TextChannel channel, string language, int expectedVersion, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DrawScenarios);
        RefuseUnknown(template, channel, language);
        return await AddAsync(template, channel, language, new TextSource(), isWithdrawal: true, expectedVersion, cancellationToken);
    }

    /// <summary>The rules that a text breaks, with field and line. Pure.</summary>
    internal static IReadOnlyList<RuleViolation> Problems(MessageTemplate template, TextChannel channel, TextSource source)
    {
        var values = TextTags.ValuesFor(template, channel);
        (string Field, string? Text, int Limit, bool Needed, TextTarget Target, bool Blocks)[] parts = channel switch
        {
            TextChannel.Email =>
            [
                ("subject", source.Subject, SubjectLimit, true, TextTarget.Plain, false), ("preheader", source.Preheader, SubjectLimit, false, TextTarget.Html, false),
                ("html", source.Html, BodyLimit, true, TextTarget.Html, true), ("text", source.Text, BodyLimit, false, TextTarget.Plain, true),
            ],
            TextChannel.Sms => [("text", source.Text, SmsText.MaxCharacters, true, TextTarget.Plain, false)],
            _ => [("text", source.Text, BodyLimit, true, TextTarget.Json, false)],
        };
        var broken = new List<RuleViolation>();
        foreach (var (field, text, limit, needed, target, blocks) in parts)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                broken.AddRange(needed ? [RuleViolation.Of(field, RuleCodes.Required)] : []);
            }
            else if (TextRules.Broken(field, text, limit) is { } rule)
            {
                broken.Add(rule);
            }
            else
            {
                broken.AddRange(TextCheck.Of(field, text, values, blocks ? TextTags.Blocks : [], target));
            }
        }

        return broken.Count > 0 || channel != TextChannel.Json ? broken : JsonProblems(source);
    }

    // Tags may stand where no quotation marks are: only filled in can it be told whether the document is JSON.
    private static List<RuleViolation> JsonProblems(TextSource source)
    {
        try
        {
            CallbackText.Parse(CompiledText.Of(source, TextChannel.Json).Json(SampleFacts.ForCallback().CallbackValues("invoice.paid", DateTimeOffset.UnixEpoch)));
            return [];
        }
        catch (RuleViolationException broken)
        {
            return [.. broken.Violations];
        }
    }

    private async Task<TextShown> AddAsync(string template, TextChannel channel, string language, TextSource source, bool isWithdrawal, int expectedVersion, CancellationToken cancellationToken)
    {
        var newest = await library.NewestAsync(template, channel, language, cancellationToken);
        if ((newest?.Version ?? 0) != expectedVersion)
        {
            throw new RecordConflictException($"The text {template}/{channel}/{language} stands at version {newest?.Version ?? 0}, not {expectedVersion}.");
        }

        if (isWithdrawal && newest is null or { IsWithdrawal: true })
        {
            return Shown(template, channel, language, newest);
        }

        if (newest is not null)
        {
            records.Update(newest with { IsCurrent = false });
        }

        var version = expectedVersion + 1;
        var added = new TextVersion
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Key = TextVersion.KeyOf(template, channel, language, version),
            Template = template,
            Channel = channel,
            Language = language,
            Version = version,
            IsWithdrawal = isWithdrawal,
            Subject = source.Subject,
            Preheader = source.Preheader,
            Html = source.Html,
            Text = source.Text,
            SavedBy = current.Actor.Name,
            SavedAt = time.GetUtcNow(),
        };
        records.Add(added);
        audit.Write(isWithdrawal ? "template.withdrawn" : "template.saved", $"template:{template}", new { channel, language, version });
        await records.CommitAsync(cancellationToken);
        return Shown(template, channel, language, added);
    }

    private static IReadOnlyList<MessageTemplate> OwnOf(IEnumerable<TextVersion> texts) =>
        [.. texts.Where(text => !text.IsWithdrawal).Select(text => text.Template).Distinct().Order(StringComparer.Ordinal).Select(OwnTemplates.Find).OfType<MessageTemplate>()];

    private static void RefuseUnknown(string template, TextChannel channel, string language)
    {
        if (MessageTemplates.Find(template) is not { } known)
        {
            throw RuleViolationException.Of("template", RuleCodes.TemplateUnknown, ("template", template));
        }

        if (!known.Channels.Contains(channel))
        {
            throw RuleViolationException.Of("channel", RuleCodes.TemplateChannel);
        }

        if (!CellReader.IsLanguage(language))
        {
            throw RuleViolationException.Of("language", RuleCodes.LanguageUnknown);
        }
    }

    /// <summary>What the channel has no place for is not kept, nor what is blank.</summary>
    private static TextSource Kept(TextSource source, TextChannel channel) => new()
    {
        Subject = channel == TextChannel.Email && Worded(source.Subject) is { } subject ? TextTemplates.OneLine(subject) : null,
        Preheader = channel == TextChannel.Email && Worded(source.Preheader) is { } preheader ? TextTemplates.OneLine(preheader) : null,
        Html = channel == TextChannel.Email ? Worded(source.Html) : null,
        Text = Worded(source.Text),
    };

    private static TextSource Drafted(string template, TextChannel channel, string language) =>
        MessageTexts.Of(template, channel, language) ?? MessageTexts.Of(template, channel, "en") ?? new TextSource();

    private static string? Worded(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();

    private static TextShown Shown(string template, TextChannel channel, string language, TextVersion? newest) => newest is { IsWithdrawal: false }
        ? new TextShown(template, channel, language, newest.Source, newest.Version, true, newest.SavedBy, newest.SavedAt)
        : new TextShown(template, channel, language, Drafted(OwnTemplates.DraftedFrom(template), channel, language), newest?.Version ?? 0, false, null, null);
}
