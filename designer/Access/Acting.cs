using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CentralPay.Workflows.Designer.Access;

/// <summary>Does what a person asked, and says what came of it: done, refused by a rule, not allowed, or changed meanwhile.</summary>
public sealed class Acting(MerchantSession session, NotificationService notices, IStringLocalizer<Phrases> say, IRuleWords rules)
{
    private const double ShownMilliseconds = 6000;
    private const int Tries = 3;

    /// <summary>Runs the work in a scope of its own.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="done">What to say when it was done; null for nothing.</param>
    /// <param name="beside">Takes the broken rules, to be shown beside their fields; without it they are shown as a notice.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> DoAsync(Func<IServiceProvider, Task> work, string? done = null, Violations? beside = null)
    {
        beside?.Clear();
        try
        {
            await RunAsync(work);
            if (done is not null)
            {
                Tell(NotificationSeverity.Success, done);
            }

            return true;
        }
        catch (RuleViolationException refused) when (beside is not null)
        {
            beside.Take(refused.Violations, rules);
        }
        catch (RuleViolationException refused)
        {
            Tell(NotificationSeverity.Warning, string.Join(" ", refused.Violations.Select(violation => rules.Say(violation)).Distinct()));
        }
        catch (ScenarioProblemsException refused)
        {
            foreach (var problem in refused.Problems)
            {
                beside?.Add(problem.InputName ?? "", say.Problem(problem));
            }

            if (beside is null)
            {
                Tell(NotificationSeverity.Warning, string.Join(" ", refused.Problems.Select(say.Problem)));
            }
        }
        catch (AccessDeniedException)
        {
            Tell(NotificationSeverity.Error, say["shell.denied"]);
        }
        catch (Exception changed) when (changed is RecordConflictException or RevisionConflictException)
        {
            Tell(NotificationSeverity.Warning, say["shell.changed"]);
        }

        return false;
    }

    /// <summary>
    /// A case that goes on beside it may commit first: what was asked is read and done again, so that nobody is turned away for
    /// what no person did. Who edited an older state is refused each time, by the revision that the work carries.
    /// </summary>
    private async Task RunAsync(Func<IServiceProvider, Task> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await session.RunAsync(work);
                return;
            }
            catch (RecordConflictException) when (attempt < Tries)
            {
                // Nothing of it was committed.
            }
        }
    }

    /// <summary>Shows a notice that goes away by itself.</summary>
    public void Tell(NotificationSeverity severity, string text) =>
        notices.Notify(new NotificationMessage { Severity = severity, Summary = text, Duration = ShownMilliseconds });
}

/// <summary>The rules an input broke, by field, in the reader's language.</summary>
public sealed class Violations
{
    private readonly List<(string Field, string Sentence)> broken = [];

    /// <summary>Whether any rule was broken.</summary>
    public bool Any => broken.Count > 0;

    /// <summary>All sentences, in the order of the fields.</summary>
    public IEnumerable<string> Sentences => broken.Select(one => one.Sentence).Distinct();

    /// <summary>What is wrong with a field; null for nothing.</summary>
    public string? Of(string field) => broken.Where(one => string.Equals(one.Field, field, StringComparison.OrdinalIgnoreCase)).Select(one => one.Sentence).FirstOrDefault();

    /// <summary>Everything that is wrong with a field.</summary>
    public IEnumerable<string> AllOf(string field) => broken.Where(one => string.Equals(one.Field, field, StringComparison.OrdinalIgnoreCase)).Select(one => one.Sentence).Distinct();

    /// <summary>The sentences of fields that the form does not have.</summary>
    public IEnumerable<string> Elsewhere(IReadOnlyCollection<string> shown) =>
        broken.Where(one => !shown.Contains(one.Field, StringComparer.OrdinalIgnoreCase)).Select(one => one.Sentence).Distinct();

    /// <summary>Forgets what was wrong.</summary>
    public void Clear() => broken.Clear();

    /// <summary>Notes one broken rule.</summary>
    public void Add(string field, string sentence) => broken.Add((field, sentence));

    /// <summary>Takes over what the domain refused.</summary>
    public void Take(IEnumerable<RuleViolation> violations, IRuleWords rules)
    {
        ArgumentNullException.ThrowIfNull(violations);
        ArgumentNullException.ThrowIfNull(rules);
        broken.AddRange(violations.Select(violation => (violation.Field, rules.Say(violation))));
    }
}
