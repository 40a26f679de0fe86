using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Authoring;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>The choices of a setting in words. An activity brings its own; where it brings only the code, ours are used.</summary>
internal static class OptionWords
{
    public static string Option(this IStringLocalizer<Phrases> say, SelectListItem option) =>
        option.Text == option.Value ? say.Code("option", option.Value, option.Text) : option.Text;
}
