using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>The activity types that scenarios can be drawn from, by type name.</summary>
public sealed class ActivityRegistry
{
    private readonly ConcurrentDictionary<string, ActivityBlueprint> _blueprints = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<ActivityDescriptor>> _localized = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<IActivityWords> _words;

    /// <summary>A registry of the engine's own activities, whose texts in other languages come from the words given.</summary>
    public ActivityRegistry(IEnumerable<IActivityWords>? words = null)
    {
        _words = words?.ToArray() ?? [];
        AddFrom(typeof(ActivityRegistry).Assembly);
    }

    /// <summary>Adds every activity of an assembly.</summary>
    public ActivityRegistry AddFrom(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetTypes())
        {
            if (!type.IsAbstract && !type.IsGenericTypeDefinition && (type.IsPublic || type.IsNestedPublic) && typeof(Activity).IsAssignableFrom(type) && type.GetCustomAttribute<ActivityAttribute>() is not null)
                Add(type);
        }

        return this;
    }

    /// <summary>Adds one activity type; refuses two of the same type name.</summary>
    public ActivityRegistry Add(Type type)
    {
        var blueprint = DescriptorReader.Read(type);
        var present = _blueprints.GetOrAdd(blueprint.Descriptor.TypeName, blueprint);
        if (present.Type != type)
            throw new DuplicateActivityException(blueprint.Descriptor.TypeName, present.Type, type);
        _localized.Clear();
        return this;
    }

    /// <summary>Adds one activity type.</summary>
    public ActivityRegistry Add<T>() where T : Activity => Add(typeof(T));

    /// <summary>The descriptor of an activity type; null where it is unknown.</summary>
    public ActivityDescriptor? Find(string typeName) => _blueprints.TryGetValue(typeName, out var blueprint) ? blueprint.Descriptor : null;

    /// <summary>The descriptor of an activity's class; null where it was not added.</summary>
    public ActivityDescriptor? Find(Type type) => _blueprints.Values.FirstOrDefault(blueprint => blueprint.Type == type)?.Descriptor;

    /// <summary>The descriptors of all activity types in a language, by category and name.</summary>
    public IReadOnlyList<ActivityDescriptor> All(CultureInfo? culture = null)
    {
        var language = culture ?? CultureInfo.InvariantCulture;
        return _localized.GetOrAdd(language.Name, _ =>
        [
            .. _blueprints.Values
                .Select(blueprint => ActivityTranslation.Of(blueprint.Descriptor, _words, language))
                .OrderBy(descriptor => descriptor.Category, StringComparer.Ordinal)
                .ThenBy(descriptor => descriptor.DisplayName, StringComparer.Ordinal),
        ]);
    }

    /// <summary>The descriptor of an activity type in a language; null where it is unknown.</summary>
    public ActivityDescriptor? Describe(string typeName, CultureInfo culture) =>
        _blueprints.TryGetValue(typeName, out var blueprint) ? ActivityTranslation.Of(blueprint.Descriptor, _words, culture) : null;

    internal ActivityBlueprint? Blueprint(string typeName) => _blueprints.GetValueOrDefault(typeName);
}
