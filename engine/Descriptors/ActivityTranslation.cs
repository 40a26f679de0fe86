using System.Globalization;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>A descriptor with its texts in another language, as far as words are known.</summary>
internal static class ActivityTranslation
{
    public static ActivityDescriptor Of(ActivityDescriptor descriptor, IReadOnlyList<IActivityWords> words, CultureInfo culture)
    {
        if (words.Count == 0)
            return descriptor;

        string? Find(string key)
        {
            foreach (var source in words)
            {
                if (source.Find($"{descriptor.TypeName}.{key}", culture) is { } text)
                    return text;
            }

            return null;
        }

        return descriptor with
        {
            DisplayName = Find("DisplayName") ?? descriptor.DisplayName,
            Description = Find("Description") ?? descriptor.Description,
            Category = Find("Category") ?? descriptor.Category,
            Inputs = [.. descriptor.Inputs.Select(input => input with
            {
                DisplayName = Find($"Inputs.{input.Name}.DisplayName") ?? input.DisplayName,
                Description = Find($"Inputs.{input.Name}.Description") ?? input.Description,
                Category = input.Category is null ? null : Find($"Inputs.{input.Name}.Category") ?? input.Category,
                Options = [.. input.Options.Select(option => new SelectListItem(Find($"Inputs.{input.Name}.Options.{option.Value}") ?? option.Text, option.Value))],
            })],
            Outputs = [.. descriptor.Outputs.Select(output => output with
            {
                DisplayName = Find($"Outputs.{output.Name}.DisplayName") ?? output.DisplayName,
                Description = Find($"Outputs.{output.Name}.Description") ?? output.Description,
            })],
            Ports = [.. descriptor.Ports.Select(port => port with { DisplayName = Find($"Outcomes.{port.Name}") ?? port.DisplayName })],
        };
    }
}
