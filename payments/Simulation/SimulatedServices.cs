using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>The domain's own services over the records of one simulated unit of work: what a simulated answer means is what a real one does.</summary>
internal sealed class SimulatedServices
{
    public SimulatedServices(IMerchantRecords records, TimeProvider time)
    {
        var binding = new MerchantBinding();
        binding.Bind(records.MerchantId, Actor.System);
        Audit = new AuditLog(records, binding, time);
        Receipts = new ReceiptBook(records, time, new InvoiceSettlement(records, time), new ErpCallbacks(records, new TextLibrary(records), time), Audit, new SplitBook(records, time, binding, Audit, new NoCases()));
        var mandates = new Mandates(records, time, binding, Audit);
        Mandates = new MandateSync(records, time, mandates, Audit);
        Debits = new DebitSync(records, time, Receipts, mandates, new TaskDesk(records, time, binding, Audit), new NoStanding(followsReturnedDebits: true), Audit);
    }

    public AuditLog Audit { get; }

    public ReceiptBook Receipts { get; }

    public MandateSync Mandates { get; }

    public DebitSync Debits { get; }
}
