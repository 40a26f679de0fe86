namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A value the activity leaves behind for later steps.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>Its name in definitions; the property's name in camel case where null.</summary>
    public string? Name { get; set; }

    /// <summary>Its label; made from the property's name where null.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What it is, in one sentence for whoever draws.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the form shows it.</summary>
    public bool IsBrowsable { get; set; } = true;
}
