using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>What an activity type is, for the palette, the properties form and the validator; read from its attributes once.</summary>
public sealed record ActivityDescriptor
{
    /// <summary>The name definitions refer to it by (<c>CentralPay.WaitForPayment</c>).</summary>
    public required string TypeName { get; init; }

    /// <summary>The first part of the type name.</summary>
    public required string Namespace { get; init; }

    /// <summary>The last part of the type name.</summary>
    public required string Name { get; init; }

    /// <summary>The version of its contract.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The group of the palette it stands in.</summary>
    public required string Category { get; init; }

    /// <summary>Its name on the canvas.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public string? Description { get; init; }

    /// <summary>What kind of activity it is.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>Whether cases can start at it.</summary>
    public bool IsTrigger { get; init; }

    /// <summary>Whether a flowchart begins with it.</summary>
    public bool IsStart { get; init; }

    /// <summary>Whether nothing follows it.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether it holds other steps.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Whether its outcomes depend on how a step is filled in.</summary>
    public bool HasDynamicOutcomes { get; init; }

    /// <summary>The values it is given.</summary>
    public required IReadOnlyList<InputDescriptor> Inputs { get; init; }

    /// <summary>The values it leaves behind.</summary>
    public required IReadOnlyList<OutputDescriptor> Outputs { get; init; }

    /// <summary>Its outcomes, and the places where other activities are embedded.</summary>
    public required IReadOnlyList<PortDescriptor> Ports { get; init; }

    /// <summary>The names of its outcomes.</summary>
    public IEnumerable<string> Outcomes => Ports.Where(port => port.Type == PortType.Flow).Select(port => port.Name);
}

/// <summary>A way out of an activity, or a place inside it.</summary>
/// <param name="Name">Its name in definitions.</param>
/// <param name="DisplayName">Its label.</param>
/// <param name="Type">Which of the two it is.</param>
public sealed record PortDescriptor(string Name, string DisplayName, PortType Type);

/// <summary>The kinds of ports.</summary>
public enum PortType
{
    /// <summary>An outcome, drawn as a connection.</summary>
    Flow,

    /// <summary>A place for an embedded activity.</summary>
    Embedded,
}
