using CentralPay.Workflows.Payments.Requests;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>The payer's pages; section <c>Payer</c>.</summary>
public sealed class PayerOptions
{
    /// <summary>The public address that payers' links begin with, without a slash at the end.</summary>
    public string PublicUrl { get; set; } = "http://localhost:5080";

    /// <summary>Where messages' links begin.</summary>
    public string PageBaseUrl => $"{PublicUrl.TrimEnd('/')}/pay";

    /// <summary>Where the payer's browser goes after paying at the gateway.</summary>
    public string ReturnAddressOf(string linkToken) => $"{PageBaseUrl}/{linkToken}/return";

    /// <summary>Where the payer's browser goes after signing a mandate at the gateway.</summary>
    public string MandateReturnAddressOf(string linkToken) => $"{PageBaseUrl}/{linkToken}/mandate/return";
}

/// <summary>Our payment pages, for previews of messages.</summary>
internal sealed class PaymentPages(IOptions<PayerOptions> payer) : IPaymentPages
{
    public string BaseUrl => payer.Value.PublicUrl;
}
