using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>Writes SMS as files, for Development: one file a message, however often it is tried.</summary>
internal sealed class PickupSms(string folder) : ISmsTransport
{
    public bool IsRepeatable => true;

    public async Task<EffectOutcome> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{sms.Key}.txt"), $"To: {sms.To}\n\n{sms.Text}\n", cancellationToken);
            return new EffectOutcome { Kind = EffectOutcomeKind.Delivered };
        }
        catch (IOException failure)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = failure.Message };
        }
    }
}
