using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>A step that sends a template of the merchant's own needs a text of it for its channel.</summary>
public sealed class TemplateRules(TextLibrary texts, ActivityRegistry activities) : IScenarioRules
{
    /// <summary>The template has no text for the step's channel. Arguments: the template's name, the channel.</summary>
    public const string NotWritten = "Step.TemplateNotWritten";

    private const string Picker = "template-picker";
    private const string ChannelInput = "channel";

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<DefinitionProblem>> CheckAsync(ScenarioDefinition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var problems = new List<DefinitionProblem>();
        foreach (var step in definition.AllSteps())
        {
            foreach (var input in activities.Find(step.Type)?.Inputs.Where(input => input.UIHint == Picker) ?? [])
            {
                if (Said(step, input) is { } name && OwnTemplates.Find(name) is { } template)
                {
                    problems.AddRange(await OfAsync(step, input, template, cancellationToken));
                }
            }
        }

        return problems;
    }

    // Whom a customer's own channel reaches is known only in a case: there a missing text is a doubt, unless there is none at all.
    private async ValueTask<IReadOnlyList<DefinitionProblem>> OfAsync(StepDefinition step, InputDescriptor input, MessageTemplate template, CancellationToken cancellationToken)
    {
        var channel = activities.Find(step.Type)!.Inputs.FirstOrDefault(other => other.Name == ChannelInput) is { } choice ? Said(step, choice) : null;
        TextChannel[] wanted = channel switch { "email" => [TextChannel.Email], "sms" => [TextChannel.Sms], _ => [TextChannel.Email, TextChannel.Sms] };
        var missing = new List<TextChannel>();
        foreach (var one in wanted)
        {
            if ((await texts.LanguagesAsync(template, one, cancellationToken)).Count == 0)
            {
                missing.Add(one);
            }
        }

        var severity = missing.Count == wanted.Length ? ProblemSeverity.Error : ProblemSeverity.Warning;
        return [.. missing.Select(one => new DefinitionProblem(severity, NotWritten, step.Id, input.Name, [OwnTemplates.WordsOf(template.Name)!, one == TextChannel.Sms ? "SMS" : "e-mail"]))];
    }

    private static string? Said(StepDefinition step, InputDescriptor input) =>
        step.Input(input.Name) is { } filled ? (filled.Expression is { Type: "Literal", Value: string text } ? text : null) : input.DefaultValue as string;
}
