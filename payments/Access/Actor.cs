namespace CentralPay.Workflows.Payments.Access;

/// <summary>Who acts: a person, an API key, or the system itself. Services ask it before they do anything.</summary>
public sealed record Actor
{
    /// <summary>Identity, for the audit (<c>user:…</c>, <c>key:…</c>, <c>system</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The name shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>For an API key: who issued it, by identity, and so answers for what it does; null for everybody else.</summary>
    public string? IssuedBy { get; init; }

    /// <summary>What it may do (<see cref="Access.Permissions"/>).</summary>
    public required IReadOnlySet<string> Permissions { get; init; }

    /// <summary>The system itself, for work that nobody asked for in person.</summary>
    public static Actor System { get; } = new()
    {
        Id = "system",
        Name = "CentralPay Workflows",
        Permissions = Access.Permissions.All.ToHashSet(),
    };

    /// <summary>Goes on only when the permission is held; throws <see cref="AccessDeniedException"/> otherwise.</summary>
    public void Require(string permission)
    {
        if (!Permissions.Contains(permission))
        {
            throw new AccessDeniedException(permission);
        }
    }
}

/// <summary>The actor of the current scope. Set once when the scope opens; <see cref="Actor.System"/> for workers.</summary>
public interface ICurrentActor
{
    /// <summary>Who acts.</summary>
    Actor Actor { get; }
}

/// <summary>The actor lacks a permission.</summary>
public sealed class AccessDeniedException(string permission) : Exception($"This needs the permission '{permission}'.")
{
    /// <summary>The permission that is missing.</summary>
    public string Permission { get; } = permission;
}
