using System.Reflection;
using System.Text.Json.Serialization;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>An input of an activity type, as the properties form draws it.</summary>
public sealed record InputDescriptor
{
    /// <summary>Its name in definitions, in camel case.</summary>
    public required string Name { get; init; }

    /// <summary>Its label.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it is, in one sentence.</summary>
    public string? Description { get; init; }

    /// <summary>The alias of its type (<c>String</c>, <c>Decimal</c>, <c>String[]</c>).</summary>
    public required string TypeName { get; init; }

    /// <summary>The editor to draw.</summary>
    public required string UIHint { get; init; }

    /// <summary>The value it has when none is given, as the literal of a definition; null for none.</summary>
    public object? DefaultValue { get; init; }

    /// <summary>The kind of expression the form begins with.</summary>
    public required string DefaultSyntax { get; init; }

    /// <summary>Whether a step without it cannot be published.</summary>
    public bool Required { get; init; }

    /// <summary>The tab or group of the form.</summary>
    public string? Category { get; init; }

    /// <summary>Where it stands in the form; lower is further up.</summary>
    public float Order { get; init; }

    /// <summary>The values to choose from, where they are fixed.</summary>
    public IReadOnlyList<SelectListItem> Options { get; init; } = [];

    /// <summary>Whether its values are masked in the journal.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Shown, not changed.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the form shows it.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether it may be an expression; otherwise it is plain data of the step.</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>The least value allowed; null for no limit.</summary>
    public object? Minimum { get; init; }

    /// <summary>The greatest value allowed; null for no limit.</summary>
    public object? Maximum { get; init; }

    /// <summary>What its values are.</summary>
    [JsonIgnore]
    public required Type ValueType { get; init; }

    /// <summary>Who gives the choices when the form is shown; null where <see cref="Options"/> holds them.</summary>
    [JsonIgnore]
    public Type? OptionsProvider { get; init; }

    /// <summary>The property it was read from.</summary>
    [JsonIgnore]
    public required PropertyInfo Property { get; init; }
}

/// <summary>An output of an activity type.</summary>
public sealed record OutputDescriptor
{
    /// <summary>Its name in definitions and expressions, in camel case.</summary>
    public required string Name { get; init; }

    /// <summary>Its label.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it is, in one sentence.</summary>
    public string? Description { get; init; }

    /// <summary>The alias of its type.</summary>
    public required string TypeName { get; init; }

    /// <summary>What its values are.</summary>
    [JsonIgnore]
    public required Type ValueType { get; init; }
}
