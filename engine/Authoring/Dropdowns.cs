using System.Reflection;

namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>One choice of a list: what people read, and the value that is stored.</summary>
public sealed class SelectListItem
{
    /// <summary>A choice.</summary>
    public SelectListItem(string text, string value)
    {
        Text = text;
        Value = value;
    }

    /// <summary>What people read.</summary>
    public string Text { get; set; }

    /// <summary>What is stored.</summary>
    public string Value { get; set; }
}

/// <summary>Gives the choices of an input at the time the form is shown.</summary>
public abstract class DropDownOptionsProviderBase
{
    /// <summary>The choices.</summary>
    protected abstract ValueTask<ICollection<SelectListItem>> GetItemsAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken);

    /// <summary>The choices, asked by the form.</summary>
    public ValueTask<ICollection<SelectListItem>> ItemsAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default) =>
        GetItemsAsync(propertyInfo, context, cancellationToken);
}
