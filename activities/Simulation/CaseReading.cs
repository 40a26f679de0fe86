using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records.Memory;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>Reads from what was committed what became of an invoice, and why.</summary>
internal sealed class CaseReading(SimulationLog log, MemoryStore books, ICaseStore cases, Guid merchantId, string definitionId)
{
    private const int MostCasesPerInvoice = 50;
    private const int MostIncidentsPerCase = 50;

    private readonly MomentReading moments = new(log, books, merchantId, definitionId);

    /// <summary>What became of an invoice.</summary>
    /// <param name="cameIn">The invoice as it came in.</param>
    /// <param name="customer">Who owes it.</param>
    /// <param name="whole">Whether the simulation came to its end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<SimulatedCase> OfAsync(Invoice cameIn, Customer customer, bool whole, CancellationToken cancellationToken)
    {
        var invoice = books.RowsOf<Invoice>(merchantId).FirstOrDefault(row => row.Id == cameIn.Id) ?? cameIn;
        var about = await cases.QueryAsync(new CaseQuery { CorrelationId = CaseSubjects.OfInvoice(invoice.Id), Limit = MostCasesPerInvoice }, cancellationToken);
        var newest = about.FirstOrDefault(found => found.DefinitionId == definitionId);
        var incidents = newest is { SubStatus: CaseSubStatus.Faulted } stopped ? await cases.OpenIncidentsAsync(stopped.Id, MostIncidentsPerCase, cancellationToken: cancellationToken) : [];
        var first = incidents.OrderBy(incident => incident.At).ThenBy(incident => incident.NodeId, StringComparer.Ordinal).FirstOrDefault();
        return new SimulatedCase
        {
            InvoiceId = invoice.Id,
            Number = invoice.Number,
            Customer = customer.Name,
            Amount = invoice.Amount,
            Open = invoice.Open,
            IssueDate = invoice.IssueDate,
            DueDate = invoice.DueDate,
            PaidAt = invoice.PaidAt,
            Ending = EndingOf(newest, invoice, whole),
            StepId = first?.NodeId ?? newest?.WaitingNodeId,
            StoppedBy = first?.Message,
            WaitsUntil = newest?.WaitingUntil,
            Moments = moments.Of(invoice.Id, about.ToDictionary(found => found.Id)),
        };
    }

    private static CaseEnding EndingOf(CaseRecord? @case, Invoice invoice, bool whole) => @case switch
    {
        null => CaseEnding.NotBegun,
        { Status: CaseStatus.Finished } => invoice.Open.IsZero ? CaseEnding.Paid : CaseEnding.Unpaid,
        { SubStatus: CaseSubStatus.Faulted } => CaseEnding.Stopped,
        _ => whole ? CaseEnding.Waiting : CaseEnding.CutShort,
    };
}
