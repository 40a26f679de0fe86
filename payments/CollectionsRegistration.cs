using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Simulation;
using CentralPay.Workflows.Payments.Statements;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CentralPay.Workflows.Payments;

/// <summary>Registers the collections domain.</summary>
public static class CollectionsRegistration
{
    /// <summary>
    /// Adds the domain's services, all scoped to a merchant. Expects from elsewhere: <see cref="TimeProvider"/> (business time),
    /// the merchant's records, ledger and blob store.
    /// </summary>
    public static IServiceCollection AddCollections(this IServiceCollection services)
    {
        services.TryAddScoped<MerchantBinding>();
        services.TryAddScoped<ICurrentActor>(provider => provider.GetRequiredService<MerchantBinding>());
        services.AddScoped<AuditLog>();
        services.AddScoped<InvoiceSettlement>();
        services.AddScoped<InvoiceReopening>();
        services.AddScoped<PaymentRequests>();
        services.AddScoped<ReceiptBook>();
        services.AddScoped<GatewaySync>();
        services.AddScoped<Mandates>();
        services.AddScoped<MandateSync>();
        services.AddScoped<DirectDebits>();
        services.AddScoped<DebitSync>();
        services.AddScoped<DebitConfirmation>();
        services.AddScoped<DebitTerms>();
        services.AddScoped<ErpCallbacks>();
        services.AddScoped<ContactHistory>();
        services.AddScoped<ContactPlanner>();
        services.AddScoped<ContactGuard>();
        services.AddScoped<ContactBundles>();
        services.AddScoped<ContactWithdrawal>();
        services.AddScoped<ContactDesk>();
        services.AddScoped<ColleagueAlerts>();
        services.TryAddSingleton<IMessageChannels, EmailAlone>();
        services.TryAddSingleton<IPaymentPages, NoPaymentPages>();
        services.AddScoped<TextLibrary>();
        services.AddScoped<TextDesk>();
        services.AddScoped<TextPreview>();
        services.AddScoped<MessageComposer>();
        services.AddScoped<MessageLog>();
        services.AddScoped<TaskDesk>();
        services.AddScoped<InvoiceDesk>();
        services.AddScoped<InvoiceNews>();
        services.AddScoped<Timeline>();
        services.AddScoped<ListExports>();
        services.AddScoped<ApiKeys>();
        services.AddScoped<EffectQueries>();
        services.AddScoped<TransferIntake>();
        services.AddScoped<MatchCandidates>();
        services.AddScoped<ReceiptUndo>();
        services.AddScoped<StatementIntake>();
        services.AddScoped<StatementImports>();
        services.AddScoped<TransferMatching>();
        services.TryAddSingleton(new PayoutRules());
        services.TryAddScoped<ICaseOrigins, NoCases>();
        services.TryAddScoped<ICaseStanding, NoStanding>();
        services.AddScoped<Wallets>();
        services.AddScoped<SplitBook>();
        services.AddScoped<BeneficiaryDesk>();
        services.AddScoped<PayoutProposals>();
        services.AddScoped<PayoutDesk>();
        services.AddScoped<PayoutExecution>();
        services.AddScoped<PayoutFiles>();
        services.AddScoped<DebitNotices>();
        services.AddScoped<PayoutSchedules>();
        services.AddScoped<InvoiceIntake>();
        services.AddScoped<InvoiceImports>();
        services.AddScoped<PastInvoices>();
        return services;
    }
}
