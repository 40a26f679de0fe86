using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Payouts;

/// <summary>Carries orders out when they are due: wallets after a minute, bank accounts in the morning run at six in Paris.</summary>
public static class PayoutRun
{
    /// <summary>How long a transfer to a wallet takes.</summary>
    public static readonly TimeSpan WalletTakes = TimeSpan.FromMinutes(1);

    /// <summary>The hour of the run that pays bank accounts, in Paris.</summary>
    public static readonly TimeOnly BankHour = new(6, 0);

    public static async Task RunAsync(SandboxDatabase database, Events events, EventNames names, DateTimeOffset now)
    {
        var due = await database.MoneyOut.Where(order => order.NextStepDate <= now).OrderBy(order => order.Number).ToListAsync();
        foreach (var order in due)
        {
            order.NextStepDate = null;
            var wallet = order.DestinationWalletId is { } id ? await database.Wallets.FindAsync(id) : null;
            if (wallet is { Blocked: true })
            {
                order.Status = MoneyOutStatus.Refused;
                order.RefusalReason = "the wallet is blocked";
            }
            else
            {
                order.Status = MoneyOutStatus.Executed;
                order.ExecutionDate = now;
            }
            events.Tell(database, order.AccountNumber, NameOf(order, names), MoneyOutAnswer.Of(order), now);
        }
    }

    private static string NameOf(MoneyOut order, EventNames names) => (order.DestinationWalletId is not null, order.Status) switch
    {
        (true, MoneyOutStatus.Executed) => names.TransferExecuted,
        (true, _) => names.TransferRefused,
        (false, MoneyOutStatus.Executed) => names.PayoutExecuted,
        _ => names.PayoutRefused,
    };
}
