using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Mail;

/// <summary>Hands an e-mail over, once.</summary>
public interface IMailTransport
{
    /// <summary>Whether handing the same message over twice leaves one message.</summary>
    bool IsRepeatable { get; }

    /// <summary>One try, with its outcome in words; never throws for what an SMTP server may do.</summary>
    Task<EffectOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
