using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Simulation;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>
/// Shows what a version of a scenario would do before it is published. Of the merchant's records it only reads; everything it
/// decides happens in memory, and the same question gets the same answer. Scoped to a merchant.
/// </summary>
public sealed class ScenarioSimulation(
    ScenarioLibrary library,
    IMerchantRecords records,
    PastInvoices past,
    ICurrentActor current,
    CompiledScenarios compiled,
    ActivityRegistry activities,
    EngineLimits limits,
    IMessageChannels channels,
    SimulationGate gate,
    TimeProvider clock)
{
    private const string BeginsWithInvoice = "CentralPay.InvoiceImported";
    private const int MostThreads = 4;

    /// <summary>
    /// Simulates. Needs <see cref="Permissions.DrawScenarios"/>. Throws <see cref="ScenarioNotFoundException"/> where there is no
    /// such version, <see cref="ScenarioProblemsException"/> where it has errors that keep it from being published too,
    /// <see cref="RuleViolationException"/> where what is asked is out of range, or no invoice fits, and
    /// <see cref="SimulationBusyException"/> where another one must end first.
    /// </summary>
    /// <param name="ask">What to simulate.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it; what was simulated is dropped.</param>
    public async Task<SimulationResult> RunAsync(SimulationAsk ask, IProgress<SimulationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        current.Actor.Require(Permissions.DrawScenarios);
        ask.Check();
        using var turn = gate.Enter(records.MerchantId);
        var scenario = await ScenarioAsync(ask, cancellationToken);
        var merchant = await SimulatedMerchant.ReadAsync(records, cancellationToken);
        var accounts = await AccountsAsync(ask, merchant, cancellationToken);
        if (accounts.Count == 0)
        {
            throw RuleViolationException.Of("past", RuleCodes.SimulationNothingFits);
        }

        return await Task.Run(() => SimulateAsync(ask, scenario, merchant, accounts, progress, cancellationToken), cancellationToken);
    }

    private async Task<SimulatedScenario> ScenarioAsync(SimulationAsk ask, CancellationToken cancellationToken)
    {
        var version = await library.GetAsync(ask.DefinitionId, ask.Version, cancellationToken) ?? throw new ScenarioNotFoundException($"There is no scenario {ask.DefinitionId}, or no such version of it.");
        var errors = (await library.ValidateAsync(version.Json, cancellationToken)).Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length > 0)
        {
            throw new ScenarioProblemsException(errors);
        }

        var published = (await library.ListAsync(cancellationToken)).Where(other => other.IsPublished);
        var scenario = await SimulatedScenario.PrepareAsync(version, published, compiled, cancellationToken);
        return scenario.Beginnings.Contains(BeginsWithInvoice) ? scenario : throw RuleViolationException.Of("scenario", RuleCodes.SimulationNoInvoices);
    }

    private async Task<IReadOnlyList<SimulatedCustomer>> AccountsAsync(SimulationAsk ask, SimulatedMerchant merchant, CancellationToken cancellationToken) =>
        ask.Past is { } period
            ? await past.ReadAsync(period, ask.Limit, ask.Assumed, cancellationToken)
            : [.. ask.MadeUp.Select((invoice, index) => invoice.Of(index + 1, merchant.Merchant, ask.Assumed ?? new PayerBehaviour()))];

    private async Task<SimulationResult> SimulateAsync(
        SimulationAsk ask, SimulatedScenario scenario, SimulatedMerchant merchant, IReadOnlyList<SimulatedCustomer> accounts, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        var tally = new SimulationTally(QuietHours.Of(merchant.Merchant));
        var firstOf = FirstPlaces(accounts);
        var kept = new SimulatedCase?[Math.Min(ask.Timelines, firstOf[^1])];
        var (next, done) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Math.Min(Environment.ProcessorCount, MostThreads), accounts.Count)).Select(_ => Task.Run(WorkAsync, cancellationToken)));
        return new SimulationResult { Version = scenario.Version.Version, Totals = tally.Total(), Cases = [.. kept.OfType<SimulatedCase>()] };

        async Task WorkAsync()
        {
            using var house = new SimulationHouse(scenario, merchant, activities, limits, channels);
            while (Interlocked.Increment(ref next) is var place && place < accounts.Count)
            {
                var cases = await house.RunAsync(accounts[place], EndOf(ask, accounts[place]), cancellationToken);
                for (var index = 0; index < cases.Count; index++)
                {
                    tally.Add(cases[index]);
                    if (firstOf[place] + index < kept.Length)
                    {
                        kept[firstOf[place] + index] = cases[index];
                    }
                }

                progress?.Report(new SimulationProgress(Interlocked.Add(ref done, cases.Count), firstOf[^1]));
            }
        }
    }

    // What really happened is known until now.
    private DateTimeOffset EndOf(SimulationAsk ask, SimulatedCustomer account)
    {
        var end = account.Invoices[^1].Invoice.ImportedAt.AddDays(ask.Days);
        var now = clock.GetUtcNow();
        return ask is { Past: not null, Assumed: null } && now < end ? now : end;
    }

    // Where the cases of each account begin in the list of all; the last is their number.
    private static int[] FirstPlaces(IReadOnlyList<SimulatedCustomer> accounts)
    {
        var places = new int[accounts.Count + 1];
        for (var account = 0; account < accounts.Count; account++)
        {
            places[account + 1] = places[account] + accounts[account].Invoices.Count;
        }

        return places;
    }
}

/// <summary>How far a simulation is.</summary>
/// <param name="Done">Cases simulated.</param>
/// <param name="Total">Cases in all.</param>
public sealed record SimulationProgress(int Done, int Total);
