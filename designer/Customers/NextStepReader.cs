using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Customers;

/// <summary>Something that will happen with a customer.</summary>
/// <param name="At">When at the latest (business time); null where nobody can say.</param>
/// <param name="Title">What it is about: an invoice's number, a message.</param>
/// <param name="Text">What happens, as a sentence.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Href">The page about it.</param>
public sealed record NextStep(DateTimeOffset? At, string Title, string Text, string Icon, string Href);

/// <summary>What happens next with a customer: where the cases of their invoices wait and until when, and the messages that are planned.</summary>
public sealed class NextStepReader(ScenarioCanvasModel model, IStringLocalizer<Phrases> say, Display show)
{
    private const int CasesShown = 20;
    private const int MessagesShown = 10;

    private readonly Dictionary<string, ScenarioDefinition?> definitions = [];

    /// <summary>The next steps, the soonest first.</summary>
    public async Task<IReadOnlyList<NextStep>> ReadAsync(IServiceProvider services, Guid customerId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        var cases = await services.GetRequiredService<ICaseStore>().QueryAsync(
            new CaseQuery { CustomerKey = customerId.ToString("D"), Status = CaseStatus.Running, Limit = CasesShown }, cancellationToken);
        var messages = await services.Records().PageAsync<Message>(
            message => message.CustomerId == customerId && message.Status == MessageStatus.Planned, RowOrder<Message>.By(message => message.DueAt), null, MessagesShown, cancellationToken);
        var steps = new List<NextStep>();
        foreach (var running in cases)
        {
            var sentence = CaseWords.Sentence(running, await DefinitionAsync(services, running.DefinitionVersionId, cancellationToken), model, say, show);
            steps.Add(new NextStep(running.WaitingUntil, running.Reference ?? say["case.title"], sentence, running.SubStatus == CaseSubStatus.Faulted ? "error" : "account_tree", $"/cases/{running.Id}"));
        }

        steps.AddRange(messages.Select(message =>
            new NextStep(message.DueAt, say.Code("template", message.Template), say["customer.next.message", show.Near(message.DueAt)], "schedule_send", $"/messages/{message.Id}")));
        return [.. steps.OrderBy(step => step.At ?? DateTimeOffset.MaxValue)];
    }

    private async Task<ScenarioDefinition?> DefinitionAsync(IServiceProvider services, string versionId, CancellationToken cancellationToken)
    {
        if (!definitions.TryGetValue(versionId, out var known))
        {
            var version = await services.GetRequiredService<IScenarioStore>().FindVersionAsync(versionId, cancellationToken);
            definitions[versionId] = known = version is null ? null : ScenarioReader.ReadOrNull(version.Json);
        }

        return known;
    }
}
