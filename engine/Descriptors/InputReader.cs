using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>Reads what an input is from its attribute, its type and the value it begins with.</summary>
internal static class InputReader
{
    public static InputSlot Read(PropertyInfo property, Activity probe)
    {
        var attribute = property.GetCustomAttribute<InputAttribute>() ?? new InputAttribute();
        var wrapped = DescriptorReader.IsWrapped(property.PropertyType, typeof(Input<>));
        var valueType = wrapped ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
        var range = property.GetCustomAttribute<RangeAttribute>();
        var hint = attribute.UIHint ?? HintFor(valueType, attribute.Options is not null || attribute.UIHandler is not null);
        return new InputSlot(
            new InputDescriptor
            {
                Name = attribute.Name ?? DescriptorReader.CamelCase(property.Name),
                DisplayName = attribute.DisplayName ?? DescriptorReader.Words(property.Name),
                Description = attribute.Description,
                TypeName = TypeAliases.Of(valueType),
                UIHint = hint,
                DefaultValue = AsLiteral(attribute.DefaultValue ?? BeginsWith(property, probe)),
                DefaultSyntax = attribute.DefaultSyntax ?? "Literal",
                Required = DescriptorReader.IsRequired(property),
                Category = attribute.Category,
                Order = attribute.Order,
                Options = OptionsOf(attribute.Options, valueType),
                IsSensitive = attribute.CanContainSecrets,
                IsReadOnly = attribute.IsReadOnly,
                IsBrowsable = attribute.IsBrowsable,
                IsWrapped = wrapped,
                Minimum = range?.Minimum,
                Maximum = range?.Maximum,
                ValueType = valueType,
                OptionsProvider = attribute.UIHandler,
                Property = property,
            },
            property,
            wrapped ? property.PropertyType.GetConstructor([typeof(Expression)]) : null);
    }

    private static string HintFor(Type valueType, bool hasOptions)
    {
        var type = Nullable.GetUnderlyingType(valueType) ?? valueType;
        if (hasOptions || type.IsEnum)
            return "dropdown";
        if (type == typeof(bool))
            return "checkbox";
        if (type == typeof(TimeSpan))
            return "duration";
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly))
            return "datetime-picker";
        if (type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(decimal) || type == typeof(double))
            return "number";
        if (type != typeof(string) && TypeAliases.ElementOf(type) is { } element)
            return element == typeof(string) ? "multitext" : "json-editor";
        return type == typeof(string) || type == typeof(Guid) || type == typeof(Uri) ? "singleline" : "json-editor";
    }

    private static object? BeginsWith(PropertyInfo property, Activity probe)
    {
        var value = property.GetValue(probe);
        return value is Input input ? (input.IsConstant ? input.ConstantValue : null) : value is ICollection { Count: 0 } ? null : value;
    }

    private static object? AsLiteral(object? value) => value switch
    {
        null => null,
        Enum name => name.ToString(),
        TimeSpan span => ValueConversion.WriteDuration(span),
        string or bool or int or long or decimal or double => value,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.SerializeToElement(value, value.GetType(), EngineJson.Options),
    };

    private static List<SelectListItem> OptionsOf(object? options, Type valueType)
    {
        var type = Nullable.GetUnderlyingType(valueType) ?? valueType;
        return options switch
        {
            null => type.IsEnum ? [.. Enum.GetNames(type).Select(name => new SelectListItem(DescriptorReader.Words(name), name))] : [],
            string text => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => new SelectListItem(item, item))],
            IEnumerable items => [.. items.Cast<object>().Select(item => new SelectListItem(Text(item), Text(item)))],
            _ => [],
        };
    }

    private static string Text(object item) => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "";
}
