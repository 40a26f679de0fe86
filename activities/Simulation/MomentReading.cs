using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>Puts what was committed about an invoice into one timeline: the steps of its cases, and the events around them.</summary>
internal sealed class MomentReading
{
    private static readonly Dictionary<string, MomentKind> Told = new(StringComparer.Ordinal)
    {
        [EventNames.PaymentReceived] = MomentKind.Booked,
        [EventNames.PaymentReturned] = MomentKind.Booked,
        [EventNames.DebitFailed] = MomentKind.Decided,
        [EventNames.DebitReturned] = MomentKind.Decided,
        [EventNames.DebitCancelled] = MomentKind.Decided,
        [EventNames.MessageCancelled] = MomentKind.Decided,
        [EventNames.MessageFailed] = MomentKind.Decided,
        [EventNames.MessageSent] = MomentKind.Sent,
        [EventNames.MessageCovered] = MomentKind.Sent,
        [EventNames.RequestCreated] = MomentKind.Asked,
        [EventNames.MandateRequested] = MomentKind.Asked,
        [EventNames.DebitCreated] = MomentKind.Asked,
        [EventNames.TaskCreated] = MomentKind.Asked,
        [EventNames.PayoutProposed] = MomentKind.Asked,
        [EventNames.StepAsked] = MomentKind.Asked,
    };

    private const string Completed = "Completed";
    private const string Waiting = "Waiting";
    private const string Faulted = "Faulted";

    private readonly SimulationLog log;
    private readonly string definitionId;
    private readonly Dictionary<Guid, string> keys = [];
    private readonly Dictionary<Guid, Effect> callbacks = [];
    private readonly Dictionary<string, string> stepsByRun = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> completedAt = new(StringComparer.Ordinal);

    /// <summary>A reading of a simulation that is over.</summary>
    public MomentReading(SimulationLog log, MemoryStore books, Guid merchantId, string definitionId)
    {
        this.log = log;
        this.definitionId = definitionId;
        Keep(books.RowsOf<Message>(merchantId), message => message.Key);
        Keep(books.RowsOf<WorkTask>(merchantId), task => task.Key);
        Keep(books.RowsOf<DirectDebit>(merchantId), debit => debit.Key);
        foreach (var callback in books.RowsOf<Effect>(merchantId).Where(effect => effect.Kind == EffectKinds.Webhook))
        {
            callbacks.Add(callback.Id, callback);
        }

        foreach (var entry in log.Commits.SelectMany(commit => commit.Journal))
        {
            foreach (var step in entry.Steps)
            {
                var run = SimulationLog.RunOf(entry.CaseId, step.ActivityInstanceId);
                stepsByRun[run] = step.NodeId;
                if (step.What == Completed)
                {
                    completedAt[run] = entry.At;
                }
            }
        }
    }

    /// <summary>The moments of an invoice, in order.</summary>
    /// <param name="invoiceId">The invoice.</param>
    /// <param name="cases">The cases about it, by identity.</param>
    public IReadOnlyList<SimulatedMoment> Of(Guid invoiceId, IReadOnlyDictionary<Guid, CaseRecord> cases)
    {
        var moments = new List<SimulatedMoment>();
        foreach (var commit in log.Commits)
        {
            var news = commit.Events.Where(happened => happened.InvoiceId == invoiceId).Select(MomentOf).OfType<SimulatedMoment>().ToList();
            foreach (var entry in commit.Journal.Where(entry => cases.ContainsKey(entry.CaseId)))
            {
                news.AddRange(entry.Steps.SelectMany(step => MomentsOf(entry, step)));
                if (cases[entry.CaseId] is { Status: CaseStatus.Finished } ended && ended.Revision == entry.Revision && ended.DefinitionId == definitionId)
                {
                    news.Add(new SimulatedMoment { At = entry.At, Kind = MomentKind.Ended, What = MomentNames.CaseEnded });
                }
            }

            // A commit has one instant: what was decided comes before what follows from it.
            moments.AddRange(news.OrderBy(moment => moment.Kind));
        }

        return moments;
    }

    private IEnumerable<SimulatedMoment> MomentsOf(JournalEntry entry, StepRecord step)
    {
        var run = SimulationLog.RunOf(entry.CaseId, step.ActivityInstanceId);
        return step.What switch
        {
            Completed => step.Outcomes.Select(outcome => Moment(MomentKind.Decided, MomentNames.StepDecided, step.Values) with { Outcome = outcome }),

            // What was answered at once was no wait.
            Waiting when !(completedAt.TryGetValue(run, out var at) && at == entry.At) =>
                [Moment(MomentKind.Waited, MomentNames.StepWaiting, log.WaitedUntil(run) is { } until ? Value("until", until.ToString("O", CultureInfo.InvariantCulture)) : [])],
            Faulted => [Moment(MomentKind.Ended, MomentNames.CaseStopped, Value("message", step.Message))],
            _ => [],
        };

        SimulatedMoment Moment(MomentKind kind, string what, IReadOnlyDictionary<string, string?> values) => new() { At = entry.At, Kind = kind, What = what, StepId = step.NodeId, Values = values };
    }

    private SimulatedMoment? MomentOf(DomainEvent happened)
    {
        if (happened is { Name: EventNames.EffectAnswered, SubjectId: { } effectId })
        {
            return callbacks.TryGetValue(effectId, out var callback)
                ? new SimulatedMoment { At = happened.At, Kind = MomentKind.Sent, What = MomentNames.CallbackSent, StepId = StepOf(callback.Key), Values = Scalars(callback.PayloadJson) }
                : null;
        }

        if (!Told.TryGetValue(happened.Name, out var kind))
        {
            return null;
        }

        var values = Scalars(happened.DataJson);
        if (happened is { AmountMinor: { } amountMinor, Currency: { } currency })
        {
            (values["amountMinor"], values["currency"]) = (amountMinor.ToString(CultureInfo.InvariantCulture), currency);
        }

        var step = happened.SubjectId is { } subject && keys.TryGetValue(subject, out var key) ? StepOf(key) : null;
        return new SimulatedMoment { At = happened.At, Kind = kind, What = happened.Name, StepId = step, Values = values };
    }

    // A key is case / run of the step / attempt.
    private string? StepOf(string key) => key.LastIndexOf('/') is var end and > 0 ? stepsByRun.GetValueOrDefault(key[..end]) : null;

    private void Keep<T>(IReadOnlyList<T> rows, Func<T, string> keyOf) where T : class, IMerchantRecord
    {
        foreach (var row in rows)
        {
            keys.Add(row.Id, keyOf(row));
        }
    }

    private static Dictionary<string, string?> Value(string name, string? value) => new() { [name] = value };

    private static Dictionary<string, string?> Scalars(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject()
            .Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .ToDictionary(property => property.Name, property => (string?)property.Value.ToString());
    }
}
