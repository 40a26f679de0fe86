namespace CentralPay.Workflows.Payments.Records;

/// <summary>What the domain must know of the cases that ask it: it knows no scenarios, whoever runs them does. Scoped to a merchant.</summary>
public interface ICaseStanding
{
    /// <summary>Whether the case is paused: what it planned to tell a customer waits until it goes on.</summary>
    ValueTask<bool> IsPausedAsync(Guid caseId, CancellationToken cancellationToken = default);

    /// <summary>Whether a scenario in service begins where a direct debit is returned; else a person is to hear of it.</summary>
    ValueTask<bool> FollowsReturnedDebitsAsync(CancellationToken cancellationToken = default);
}

/// <summary>Where no cases run.</summary>
/// <param name="followsReturnedDebits">What is answered for returned debits.</param>
internal sealed class NoStanding(bool followsReturnedDebits) : ICaseStanding
{
    public NoStanding()
        : this(followsReturnedDebits: false)
    {
    }

    public ValueTask<bool> IsPausedAsync(Guid caseId, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public ValueTask<bool> FollowsReturnedDebitsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(followsReturnedDebits);
}
