namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Who is answerable for what a case asks: the domain knows no scenarios, whoever runs them does.</summary>
public interface ICaseOrigins
{
    /// <summary>The identity of who published the version that each case runs on; cases that are not known are left out.</summary>
    ValueTask<IReadOnlyDictionary<Guid, string>> PublishersAsync(IReadOnlyCollection<Guid> caseIds, CancellationToken cancellationToken = default);
}

/// <summary>Where no cases run.</summary>
internal sealed class NoCases : ICaseOrigins
{
    public ValueTask<IReadOnlyDictionary<Guid, string>> PublishersAsync(IReadOnlyCollection<Guid> caseIds, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());
}
