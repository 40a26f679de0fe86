using System.Globalization;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>
/// Texts of activities in other languages. Keys: <c>Type.DisplayName</c>, <c>Type.Description</c>, <c>Type.Category</c>,
/// <c>Type.Inputs.name.DisplayName</c>, <c>Type.Inputs.name.Description</c>, <c>Type.Inputs.name.Options.value</c>,
/// <c>Type.Outputs.name.DisplayName</c>, <c>Type.Outcomes.name</c>, with the activity's type name for <c>Type</c>.
/// </summary>
public interface IActivityWords
{
    /// <summary>The text of a key in a language; null where there is none, and the attribute's own holds.</summary>
    string? Find(string key, CultureInfo culture);
}
