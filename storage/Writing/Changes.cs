using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>One thing the domain decided; the engine's decisions stand in the same list as <c>EngineChange</c>.</summary>
internal abstract record DomainChange;

/// <summary>A new row.</summary>
internal sealed record RecordAdded(IMerchantRecord Record) : DomainChange;

/// <summary>A changed row, as it will stand, and the revision it was read at.</summary>
internal sealed record RecordUpdated(IMerchantRecord Record, long ExpectedRevision) : DomainChange;

/// <summary>An entry in the books.</summary>
internal sealed record EntryPosted(LedgerEntry Entry) : DomainChange;

/// <summary>An event.</summary>
internal sealed record EventRaised(DomainEvent Happened) : DomainChange;

/// <summary>Something to be done outside.</summary>
internal sealed record EffectAsked(Effect Effect) : DomainChange;

/// <summary>How something outside ended.</summary>
internal sealed record EffectSettled(EffectSettlement Settlement) : DomainChange;
