namespace CentralPay.Workflows.Payments.Requests;

/// <summary>Where our payment pages are, as payers reach them.</summary>
public interface IPaymentPages
{
    /// <summary>What payers' links begin with (<c>https://pay.example.com</c>).</summary>
    string BaseUrl { get; }
}

/// <summary>A place that is none: for simulations and tests.</summary>
public sealed class NoPaymentPages : IPaymentPages
{
    /// <inheritdoc />
    public string BaseUrl => "https://pay.example.com";
}
