using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>A merchant as a simulation meets it: its settings, and the rows of its own that steps decide by. No secret is taken along.</summary>
public sealed record SimulatedMerchant
{
    private const int MostRows = 1000;

    /// <summary>The merchant.</summary>
    public required Merchant Merchant { get; init; }

    /// <summary>Where its ERP is told.</summary>
    public IReadOnlyList<WebhookEndpoint> Endpoints { get; init; } = [];

    /// <summary>Whom it pays a share to.</summary>
    public IReadOnlyList<Beneficiary> Beneficiaries { get; init; } = [];

    /// <summary>The texts it wrote itself.</summary>
    public IReadOnlyList<TextVersion> Texts { get; init; } = [];

    /// <summary>The merchant of a scope's records.</summary>
    public static async Task<SimulatedMerchant> ReadAsync(IMerchantRecords records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        var merchant = await records.MerchantAsync(cancellationToken);
        return new SimulatedMerchant
        {
            Merchant = merchant with { Revision = 0, GatewayLogin = null, GatewayPasswordProtected = null, GatewayWebhookSecretProtected = null },
            Endpoints = [.. (await records.ListAsync<WebhookEndpoint>(endpoint => endpoint.Enabled, MostRows, cancellationToken)).Select(endpoint => endpoint with { Revision = 0, SecretProtected = "" })],
            Texts = [.. (await records.ListAsync<TextVersion>(text => text.IsCurrent && !text.IsWithdrawal, MostRows, cancellationToken)).Select(text => text with { Revision = 0 })],
            Beneficiaries = [.. (await records.ListAsync<Beneficiary>(beneficiary => true, MostRows, cancellationToken)).Select(beneficiary => beneficiary with { Revision = 0 })],
        };
    }

    internal void AddTo(IMerchantRecords records)
    {
        records.Add(Merchant);
        foreach (var endpoint in Endpoints)
        {
            records.Add(endpoint);
        }

        foreach (var text in Texts)
        {
            records.Add(text);
        }

        foreach (var beneficiary in Beneficiaries)
        {
            records.Add(beneficiary);
        }
    }
}
