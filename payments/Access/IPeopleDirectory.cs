namespace CentralPay.Workflows.Payments.Access;

/// <summary>The people who may sign in for a merchant. Scoped to a merchant.</summary>
public interface IPeopleDirectory
{
    /// <summary>All of them, by name.</summary>
    ValueTask<IReadOnlyList<ListedPerson>> ListAsync(CancellationToken cancellationToken = default);
}

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Roles">Their roles (<see cref="Access.Roles"/>).</param>
public sealed record ListedPerson(string Name, string Email, IReadOnlyList<string> Roles);
