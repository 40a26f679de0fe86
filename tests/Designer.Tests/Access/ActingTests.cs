using System.Security.Claims;
using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace CentralPay.Workflows.Designer.Tests.Access;

/// <summary>What a person asked for, while cases go on beside them.</summary>
public sealed class ActingTests
{
    [Fact]
    public async Task What_lost_to_a_case_that_went_on_is_read_and_done_again()
    {
        var (acting, notices) = Desk();
        var tries = 0;

        var done = await acting.DoAsync(_ => ++tries < 3 ? throw new RecordConflictException("A case was first.") : Task.CompletedTask, "Booked.");

        Assert.True(done);
        Assert.Equal(3, tries);
        Assert.Equal("Booked.", Assert.Single(notices.Messages).Summary);
    }

    [Fact]
    public async Task What_a_person_edited_from_an_older_state_is_refused_and_said()
    {
        var (acting, notices) = Desk();

        var done = await acting.DoAsync(_ => throw new RecordConflictException("Changed since it was opened."), "Saved.");

        Assert.False(done);
        Assert.Equal(NotificationSeverity.Warning, Assert.Single(notices.Messages).Severity);
    }

    private static (Acting Acting, NotificationService Notices) Desk()
    {
        var notices = new NotificationService();
        return (new Acting(new MerchantSession(new SignedIn(), new Scopes()), notices, new PhraseLocalizer(), new RuleWords()), notices);
    }

    private sealed class SignedIn : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim("merchant", $"{Guid.NewGuid()}"), new Claim("sub", "finance")], "test"))));
    }

    private sealed class Scopes : IMerchantScopes
    {
        public IMerchantScope Open(Guid merchantId, Actor actor) => new Scope();
    }

    private sealed class Scope : IMerchantScope
    {
        public IServiceProvider Services { get; } = new ServiceCollection().BuildServiceProvider();

        public IMerchantRecords Records => throw new InvalidOperationException("Nothing is read here.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
