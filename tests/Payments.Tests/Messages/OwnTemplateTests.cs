using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Messages;

/// <summary>Templates that a merchant adds.</summary>
public sealed class OwnTemplateTests
{
    private static readonly Actor Drawer = new() { Id = "drawer", Name = "Camille", Permissions = new HashSet<string> { Permissions.Read, Permissions.DrawScenarios } };

    private readonly TestHouse house = new();

    [Theory]
    [InlineData(MessagePurpose.Reminder, "Dernier avertissement !", "own.reminder.dernier-avertissement", "Dernier avertissement")]
    [InlineData(MessagePurpose.Notice, "  Reçu n° 2 – été ", "own.notice.recu-n-2-ete", "Recu n 2 ete")]
    public void What_it_is_called_gives_its_name_and_the_name_its_words(MessagePurpose purpose, string called, string name, string words)
    {
        Assert.Equal(name, OwnTemplates.NameOf(purpose, called));
        Assert.Equal(words, OwnTemplates.WordsOf(name));
        Assert.Equal(purpose, MessageTemplates.Find(name)!.Purpose);
    }

    [Theory]
    [InlineData(" – ")]
    [InlineData("a name that is much longer than what anybody would ever call a template")]
    public void Nothing_and_too_much_are_no_name(string called) =>
        Assert.Equal("name", Assert.Throws<RuleViolationException>(() => OwnTemplates.NameOf(MessagePurpose.Notice, called)).Violations[0].Field);

    [Theory]
    [InlineData("own.reminder.")]
    [InlineData("own.callback.paid")]
    [InlineData("own.reminder.Last")]
    [InlineData("own.reminder.a--b")]
    public void Other_names_are_no_template(string name) => Assert.Null(MessageTemplates.Find(name));

    [Fact]
    public async Task It_is_there_once_its_text_is_saved_and_gone_with_its_last()
    {
        const string name = "own.reminder.last-warning";
        Assert.Empty(await house.DoAsync<TextDesk, IReadOnlyList<MessageTemplate>>(desk => desk.OwnAsync(), Drawer));
        var shown = await house.DoAsync<TextDesk, TextShown>(desk => desk.GetAsync(name, TextChannel.Email, "fr"), Drawer);
        Assert.False(string.IsNullOrEmpty(shown.Source.Subject));

        await house.DoAsync<TextDesk, TextShown>(desk => desk.SaveAsync(name, TextChannel.Email, "fr", shown.Source with { Subject = "Dernier avertissement {{invoice.number}}" }, 0), Drawer);

        Assert.Equal([name], (await house.DoAsync<TextDesk, IReadOnlyList<MessageTemplate>>(desk => desk.OwnAsync(), Drawer)).Select(template => template.Name));
        Assert.Contains(await house.DoAsync<TextDesk, IReadOnlyList<TextShown>>(desk => desk.ListAsync(), Drawer), text => text is { Template: name, Language: "fr", Channel: TextChannel.Email, IsOwn: true });
        await house.DoAsync<TextDesk, TextShown>(desk => desk.WithdrawAsync(name, TextChannel.Email, "fr", 1), Drawer);
        Assert.Empty(await house.DoAsync<TextDesk, IReadOnlyList<MessageTemplate>>(desk => desk.OwnAsync(), Drawer));
    }
}
