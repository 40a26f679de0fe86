namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A place inside the activity where another activity is embedded.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PortAttribute(string? name = null) : Attribute
{
    /// <summary>Its name in definitions; the property's name in camel case where null.</summary>
    public string? Name { get; } = name;

    /// <summary>Its label; made from the property's name where null.</summary>
    public string? DisplayName { get; set; }
}
