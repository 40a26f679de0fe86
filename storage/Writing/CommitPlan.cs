using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// The statements of a commit: leases first (a lost one ends it before anything is locked), then cases in the order of
/// their identity, then records by theirs, then waits that end, then the rest. A row that changed several times is written once, as it stands at the end.
/// </summary>
internal sealed class CommitPlan
{
    private CommitPlan(Guid merchantId, IReadOnlyList<object> changes)
    {
        MerchantId = merchantId;
        Changes = changes;
    }

    public Guid MerchantId { get; }

    /// <summary>The list as it was appended.</summary>
    public IReadOnlyList<object> Changes { get; }

    public IReadOnlyList<Statement> Statements { get; private set; } = [];

    public IReadOnlyList<DomainEvent> Events { get; private set; } = [];

    /// <summary>Whether stimuli are raised, or waits begin that a stimulus may be kept for: those must find each other.</summary>
    public bool MeetsStimuli { get; private set; }

    /// <summary>Whether it queues work of cases.</summary>
    public bool LeavesWork { get; private set; }

    /// <summary>Whether it asks for something outside, or leaves it to be tried again.</summary>
    public bool LeavesEffects { get; private set; }

    /// <summary>When the first of the timers it writes is due; null where it writes none.</summary>
    public DateTimeOffset? FirstTimer { get; private set; }

    public static CommitPlan Of(Database database, Guid merchantId, IReadOnlyList<object> changes)
    {
        var engine = new EngineStatements(database, merchantId);
        var domain = new DomainStatements(database, merchantId);
        var first = new List<Statement>();
        var cases = new Dictionary<Guid, CaseChanged>();
        var records = new Dictionary<(Type, Guid), RecordWrite>();
        var burns = new List<Statement>();
        var rest = new List<Statement>();
        var begun = new HashSet<Guid>();
        var events = new List<DomainEvent>();
        var meetsStimuli = false;
        var leavesWork = false;
        var leavesEffects = false;
        DateTimeOffset? firstTimer = null;
        foreach (var change in changes)
        {
            switch (change)
            {
                case WorkCompleted completed:
                    first.Add(engine.Complete(completed));
                    break;
                case CaseChanged changed:
                    cases[changed.Case.Id] = cases.TryGetValue(changed.Case.Id, out var before)
                        ? changed with { ExpectedRevision = before.ExpectedRevision }
                        : changed;
                    break;
                case BookmarkCreated { Bookmark: { } bookmark }:
                    rest.Add(engine.Wait(bookmark));
                    begun.Add(bookmark.Id);
                    firstTimer = bookmark.DueAt is { } due && !(firstTimer < due) ? due : firstTimer;
                    meetsStimuli |= bookmark.Hash is not null;
                    break;
                case BookmarkBurned burned:
                    // Waits that stood before end before new ones begin, in all units of work alike, so that they can be written together.
                    (begun.Contains(burned.BookmarkId) ? rest : burns).Add(engine.Burn(burned));
                    break;
                case StimulusRaised:
                    meetsStimuli = true;
                    break;
                case EngineChange other:
                    leavesWork |= other is WorkEnqueued;
                    rest.AddRange(engine.Of(other));
                    break;
                case RecordAdded added:
                    RecordWrite.Merge(records, added.Record, expectedRevision: null);
                    break;
                case RecordUpdated updated:
                    RecordWrite.Merge(records, updated.Record, updated.ExpectedRevision);
                    break;
                case EffectSettled settled:
                    first.Add(domain.Settle(settled.Settlement));
                    leavesEffects |= settled.Settlement.State == EffectState.Pending;
                    if (settled.Settlement.CountsAsAttempt)
                    {
                        rest.Add(domain.Attempt(settled.Settlement));
                    }

                    break;
                case EffectAsked asked:
                    leavesEffects = true;
                    rest.Add(domain.Ask(asked.Effect));
                    break;
                case EventRaised raised:
                    events.Add(raised.Happened);
                    rest.Add(domain.Raise(raised.Happened));
                    break;
                case EntryPosted posted:
                    rest.AddRange(domain.Post(posted.Entry));
                    break;
                default:
                    throw new InvalidOperationException($"Nobody knows how to write a {change.GetType().Name}.");
            }
        }

        // Rows that other transactions may hold are taken in one order everywhere, so that two of them never wait in a ring.
        return new CommitPlan(merchantId, changes)
        {
            Statements =
            [
                .. first,
                .. cases.OrderBy(changed => changed.Key).Select(changed => engine.Move(changed.Value)),
                .. records.OrderBy(write => write.Key.Item1.Name, StringComparer.Ordinal).ThenBy(write => write.Key.Item2).Select(write => domain.Write(write.Value)),
                .. burns,
                .. rest,
            ],
            Events = events,
            MeetsStimuli = meetsStimuli,
            LeavesWork = leavesWork,
            LeavesEffects = leavesEffects,
            FirstTimer = firstTimer,
        };
    }
}

/// <summary>A record's row as it stands at the end, and what it was at the start: null where there was none.</summary>
internal sealed record RecordWrite(IMerchantRecord Record, long? ExpectedRevision)
{
    public static void Merge(Dictionary<(Type, Guid), RecordWrite> writes, IMerchantRecord record, long? expectedRevision)
    {
        var key = (record.GetType(), record.Id);
        if (!writes.TryGetValue(key, out var before))
        {
            writes.Add(key, new RecordWrite(record, expectedRevision));
        }
        else if (expectedRevision is null)
        {
            throw new RecordConflictException($"{record.GetType().Name} {record.Id} was added twice in one unit of work.");
        }
        else
        {
            writes[key] = before with { Record = record };
        }
    }
}
