using System.Text.Json;
using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Designer.CaseMoves;

/// <summary>
/// Where people and machines let running cases go on with another version of their scenario: pages and the API use it alike.
/// The audit entry is committed with the order. Scoped to a merchant.
/// </summary>
public sealed class MigrationActions(MigrationDesk desk, IMerchantRecords records, AuditLog audit, ICurrentActor current, IWorkSignal signal)
{
    /// <summary>The action under which migrations stand in the audit.</summary>
    public const string AuditAction = "cases.migrated";

    /// <summary>The most characters of a reason.</summary>
    public const int MostReasonCharacters = 500;

    private const int MostListed = 20;

    /// <summary>How many cases run on each version of a scenario.</summary>
    public async Task<IReadOnlyDictionary<int, int>> RunningAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return await desk.RunningAsync(definitionId, cancellationToken);
    }

    /// <summary>What an order would do, by the steps that cases wait at. Writes nothing.</summary>
    /// <exception cref="RuleViolationException">The order names a step or a version that is not there.</exception>
    public Task<MigrationPreview> PreviewAsync(MigrationOrder order, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DrawScenarios);
        return MeantAsync(() => desk.PreviewAsync(order, cancellationToken));
    }

    /// <summary>What an order would do to each case, newest first; a page. Writes nothing.</summary>
    /// <exception cref="RuleViolationException">The order names a step or a version that is not there.</exception>
    public Task<IReadOnlyList<CaseVerdict>> TryAsync(MigrationOrder order, Guid? before, int limit, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DrawScenarios);
        return MeantAsync(() => desk.TryAsync(order, before, limit, cancellationToken));
    }

    /// <summary>Lets the cases go, in the background; answers the migration.</summary>
    /// <exception cref="RuleViolationException">The reason is missing or too long, or the order names a step or a version that is not there.</exception>
    public async Task<Guid> StartAsync(MigrationOrder order, string? why, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        current.Actor.Require(Permissions.DrawScenarios);
        TextRules.Check("reason", why, MostReasonCharacters);
        var id = Guid.CreateVersion7();
        audit.Write(AuditAction, SubjectOf(order.DefinitionId), new MigrationAudit(id, order.From, order.To, order.Steps, why!));
        await MeantAsync(async () =>
        {
            await desk.StartAsync(id, order, current.Actor.Name, why!, cancellationToken);
            return true;
        });
        signal.Set();
        return id;
    }

    /// <summary>How far a migration of a scenario is; null where there is none.</summary>
    public async Task<MigrationProgress?> ProgressAsync(string definitionId, Guid migrationId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return await desk.ProgressAsync(migrationId, cancellationToken) is { } progress && progress.Order.DefinitionId == definitionId ? progress : null;
    }

    /// <summary>How many cases of a migration are done; cheap enough to be asked each second.</summary>
    public ValueTask<MigrationCount> CountAsync(Guid migrationId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return desk.CountAsync(migrationId, cancellationToken);
    }

    /// <summary>The newest migrations of a scenario: identity and instant, newest first.</summary>
    public async Task<IReadOnlyList<(Guid Id, DateTimeOffset At)>> ListAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var subject = SubjectOf(definitionId);
        var entries = await records.PageAsync<AuditEntry>(entry => entry.Subject == subject && entry.Action == AuditAction, null, MostListed, cancellationToken);
        return [.. entries.Select(entry => (JsonSerializer.Deserialize<MigrationAudit>(entry.DetailsJson, JsonSerializerOptions.Web)!.Migration, entry.At))];
    }

    private static string SubjectOf(string definitionId) => $"scenario:{definitionId}";

    private static async Task<T> MeantAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (MigrationOrderException refused)
        {
            throw RuleViolationException.Of(refused.About, refused.Problem switch
            {
                MigrationOrderProblem.SameVersion => RuleCodes.VersionIsTheSame,
                MigrationOrderProblem.NeverPublished => RuleCodes.ScenarioNotPublished,
                _ => RuleCodes.StepUnknown,
            });
        }
    }

    private sealed record MigrationAudit(Guid Migration, int From, int? To, IReadOnlyDictionary<string, string?> Steps, string Reason);
}
