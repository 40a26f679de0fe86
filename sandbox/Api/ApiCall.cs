using CentralPay.Workflows.Sandbox.Accounts;
using CentralPay.Workflows.Sandbox.Storage;

namespace CentralPay.Workflows.Sandbox.Api;

/// <summary>An authenticated call of the API, with the transaction it runs in.</summary>
public sealed record ApiCall
{
    public required Account Account { get; init; }
    public required SandboxDatabase Database { get; init; }
    public required FormFields Form { get; init; }
    public required IQueryCollection Query { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>The object's id in the address; an id that is no UUID names no object.</summary>
    public required Guid Id { get; init; }
}

/// <summary>One operation of the API; a <see cref="ApiRefusalException"/> refuses it and undoes it.</summary>
public delegate Task<ApiAnswer> ApiOperation(ApiCall call);
