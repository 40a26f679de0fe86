using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>Says who can mend what the domain refused: a text that nobody wrote is its author's; a broken rule is the data's, a mixed currency too.</summary>
public sealed class DomainFaults : IFaultClassifier
{
    /// <inheritdoc />
    public FaultMeaning? Classify(Exception exception) => exception switch
    {
        RuleViolationException { Violations: [{ Code: RuleCodes.TemplateNotWritten } missing, ..] } => new FaultMeaning(
            IncidentKind.Configuration,
            missing.Code,
            $"The template \"{missing.Arguments["template"]}\" has no text for the channel {missing.Arguments["channel"]}, neither in the customer's language ({missing.Arguments["language"]}) nor in another. Write it, then retry."),
        RuleViolationException refused => new FaultMeaning(IncidentKind.Data, refused.Violations[0].Code, refused.Message),
        CurrencyMismatchException mixed => new FaultMeaning(IncidentKind.Data, "currency-mismatch", mixed.Message),
        _ => null,
    };
}
