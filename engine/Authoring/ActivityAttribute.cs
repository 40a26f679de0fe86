namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>Names an activity for scenarios, the palette and the properties form. Its type name is <c>Namespace.Type</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    /// <summary>An activity whose texts are set by name.</summary>
    public ActivityAttribute()
    {
    }

    /// <summary>An activity in a namespace.</summary>
    public ActivityAttribute(string @namespace)
    {
        Namespace = @namespace;
    }

    /// <summary>An activity in a namespace and a category of the palette, with a sentence that says what it does.</summary>
    public ActivityAttribute(string @namespace, string? category, string? description = null)
    {
        Namespace = @namespace;
        Category = category;
        Description = description;
    }

    /// <summary>Who the activity comes from; the first part of its type name.</summary>
    public string? Namespace { get; set; }

    /// <summary>The second part of its type name; the class's name where null.</summary>
    public string? Type { get; set; }

    /// <summary>The version of its contract, from 1.</summary>
    public int Version { get; set; } = 1;

    /// <summary>What it does, in one sentence for whoever draws.</summary>
    public string? Description { get; set; }

    /// <summary>Its name on the canvas; made from the class's name where null.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The group of the palette it stands in.</summary>
    public string? Category { get; set; }

    /// <summary>What kind of activity it is.</summary>
    public ActivityKind Kind { get; set; }

    /// <summary>Kept for source compatibility with Elsa; every burst of ours runs in the background already.</summary>
    public bool RunAsynchronously { get; set; }
}

/// <summary>What kind of activity it is.</summary>
public enum ActivityKind
{
    /// <summary>It does something.</summary>
    Action,

    /// <summary>It starts cases.</summary>
    Trigger,

    /// <summary>It runs long.</summary>
    Job,

    /// <summary>It may run long, as its author chooses.</summary>
    Task,
}
