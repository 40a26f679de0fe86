using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Payouts;

/// <summary>The operations that send money out, and the pretended platform's wallets. Only available funds can be moved.</summary>
public static class MoneyOutEndpoints
{
    public static void MapMoneyOut(this RouteGroupBuilder api, ApiDoor door)
    {
        api.MapPost(UnconfirmedNames.TransfersPath, door.Change(call => CreateAsync(call, isToWallet: true)));
        api.MapGet(UnconfirmedNames.TransfersPath, door.Read(call => SearchAsync(call, UnconfirmedNames.MerchantTransferId, isToWallet: true)));
        api.MapGet(UnconfirmedNames.OneTransferPath, door.Read(call => FindAsync(call, UnconfirmedNames.TransferId, isToWallet: true)));
        api.MapPost(UnconfirmedNames.PayoutsPath, door.Change(call => CreateAsync(call, isToWallet: false)));
        api.MapGet(UnconfirmedNames.PayoutsPath, door.Read(call => SearchAsync(call, UnconfirmedNames.MerchantPayoutId, isToWallet: false)));
        api.MapGet(UnconfirmedNames.OnePayoutPath, door.Read(call => FindAsync(call, UnconfirmedNames.PayoutId, isToWallet: false)));
    }

    /// <summary>Opens a wallet of a third party, or changes it; shows what went out.</summary>
    public static void MapWallets(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/sandbox/wallets/{id:guid}", async (Guid id, WalletSettings settings, Writer writer) =>
        {
            if (string.IsNullOrWhiteSpace(settings.Name)) return Results.Problem("name: required.", statusCode: 400, title: "The wallet was not changed");
            var kept = await writer.WriteAsync(async database =>
            {
                var wallet = await database.Wallets.FindAsync(id) ?? database.Add(new Wallet { WalletId = id, Name = settings.Name }).Entity;
                wallet.Name = settings.Name;
                wallet.Blocked = settings.Blocked;
                return wallet;
            });
            return Results.Ok(new { kept.WalletId, kept.Name, kept.Blocked });
        });
        routes.MapGet("/sandbox/payouts", async (string? reference, IDbContextFactory<SandboxDatabase> databases) =>
        {
            await using var database = await databases.CreateDbContextAsync();
            return Results.Ok(await database.MoneyOut.Where(order => reference == null || order.MerchantReference == reference).OrderBy(order => order.Number).ToListAsync());
        });
    }

    private static async Task<ApiAnswer> CreateAsync(ApiCall call, bool isToWallet)
    {
        var order = await ReadAsync(call, isToWallet);
        var available = await AvailableFunds.OfAsync(call.Database, call.Account.Number, order.Currency, call.Now);
        if (order.Amount > available) throw new ApiRefusalException(400, "amount", $"only {Math.Max(0, available)} is available");
        call.Database.Add(order);
        return ApiAnswer.Ok(MoneyOutAnswer.Of(order));
    }

    private static async Task<MoneyOut> ReadAsync(ApiCall call, bool isToWallet)
    {
        var form = call.Form;
        var amount = form.Cents("amount");
        var currency = form.Text("currency");
        var wallet = isToWallet ? form.Uuid("destinationWalletId") : null;
        var iban = isToWallet ? null : VirtualIban.Normalise(form.Text(UnconfirmedNames.PayoutIban));
        var holder = isToWallet ? null : form.Text(UnconfirmedNames.PayoutHolder, 70);
        if (form.Text("amount") is null) form.Refuse("amount", "required");
        if (currency is not "EUR") form.Refuse("currency", "EUR is required");
        if (isToWallet && (wallet is null || !await call.Database.Wallets.AnyAsync(w => w.WalletId == wallet))) form.Refuse("destinationWalletId", "unknown wallet");
        if (!isToWallet && iban is null) form.Refuse(UnconfirmedNames.PayoutIban, "its check digits are wrong");
        if (!isToWallet && holder is null) form.Refuse(UnconfirmedNames.PayoutHolder, "required");
        var reference = form.Text(isToWallet ? UnconfirmedNames.MerchantTransferId : UnconfirmedNames.MerchantPayoutId);
        var description = form.Text("description", 140);
        form.ThrowIfRefused();
        return new MoneyOut
        {
            AccountNumber = call.Account.Number,
            OrderId = Guid.CreateVersion7(call.Now),
            CreationDate = call.Now,
            MerchantReference = reference,
            Amount = amount!.Value,
            Currency = currency!,
            Description = description,
            DestinationWalletId = wallet,
            Iban = iban,
            HolderName = holder,
            Status = MoneyOutStatus.Pending,
            NextStepDate = isToWallet ? call.Now + PayoutRun.WalletTakes : BusinessClock.NextInParis(PayoutRun.BankHour, call.Now),
        };
    }

    private static async Task<ApiAnswer> SearchAsync(ApiCall call, string parameter, bool isToWallet)
    {
        var reference = call.Query[parameter].ToString();
        var found = await Orders(call, isToWallet).Where(order => order.MerchantReference == reference).OrderBy(order => order.Number).ToListAsync();
        return ApiAnswer.Ok(found.Select(MoneyOutAnswer.Of).ToList());
    }

    private static async Task<ApiAnswer> FindAsync(ApiCall call, string field, bool isToWallet) =>
        ApiAnswer.Ok(MoneyOutAnswer.Of(await Orders(call, isToWallet).SingleOrDefaultAsync(order => order.OrderId == call.Id) ?? throw ApiRefusalException.NotFound(field)));

    private static IQueryable<MoneyOut> Orders(ApiCall call, bool isToWallet) =>
        call.Database.MoneyOut.Where(order => order.AccountNumber == call.Account.Number && (order.DestinationWalletId != null) == isToWallet);
}

/// <summary>A wallet as <c>PUT /sandbox/wallets/{id}</c> gives it.</summary>
public sealed record WalletSettings(string? Name, bool Blocked = false);
