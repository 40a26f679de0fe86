namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A value the activity is given in the properties form.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Its name in definitions; the property's name in camel case where null.</summary>
    public string? Name { get; set; }

    /// <summary>Its label in the form; made from the property's name where null.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What it is, in one sentence for whoever draws.</summary>
    public string? Description { get; set; }

    /// <summary>The tab or group of the form it stands in.</summary>
    public string? Category { get; set; }

    /// <summary>The editor of the form (<c>singleline</c>, <c>duration</c>, <c>money</c>, ...); chosen by type where null.</summary>
    public string? UIHint { get; set; }

    /// <summary>Where it stands in the form; lower is further up.</summary>
    public float Order { get; set; }

    /// <summary>The values to choose from.</summary>
    public object? Options { get; set; }

    /// <summary>The value shown and used when none is given.</summary>
    public object? DefaultValue { get; set; }

    /// <summary>The kind of expression the form begins with (<c>Literal</c>, <c>CEL</c>, <c>Handlebars</c>).</summary>
    public string? DefaultSyntax { get; set; }

    /// <summary>The kinds of expressions the form offers (an array of names).</summary>
    public object? SupportedSyntaxes { get; set; }

    /// <summary>Shown, not changed, in the form.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Whether the form shows it.</summary>
    public bool IsBrowsable { get; set; } = true;

    /// <summary>Its values are masked in the journal.</summary>
    public bool CanContainSecrets { get; set; }

    /// <summary>A <see cref="DropDownOptionsProviderBase"/> that gives the values to choose from.</summary>
    public Type? UIHandler { get; set; }
}
