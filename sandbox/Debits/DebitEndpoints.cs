using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>The operations on mandates and direct debits; addresses and fields are unconfirmed.</summary>
public static class DebitEndpoints
{
    public const int LongestRum = 35;

    public static void MapDebits(this RouteGroupBuilder api, ApiDoor door)
    {
        var services = ((IEndpointRouteBuilder)api).ServiceProvider;
        var events = services.GetRequiredService<Events>();
        var names = services.GetRequiredService<EventNames>();
        var publicUrl = services.GetRequiredService<SandboxOptions>().PublicUrl;

        api.MapPost(UnconfirmedNames.MandatePath, door.Change(async call => Show(await NewMandateAsync(call))));
        api.MapGet(UnconfirmedNames.OneMandatePath, door.Read(async call => Show(await MandateAsync(call, call.Id))));
        api.MapGet(UnconfirmedNames.MandatePath, door.Read(async call =>
        {
            var reference = Reference(call, UnconfirmedNames.MandateReference);
            var found = await call.Database.Mandates.Where(m => m.AccountNumber == call.Account.Number && m.MerchantMandateId == reference)
                .OrderByDescending(m => m.Number).Take(PaymentRequestSearch.MostFound).ToListAsync();
            return ApiAnswer.Ok(found.Select(mandate => MandateAnswer.Of(mandate, publicUrl)));
        }));
        api.MapPost(UnconfirmedNames.CancelMandatePath, door.Change(async call =>
        {
            var mandate = await MandateAsync(call, call.Id);
            if (mandate.MandateStatus == MandateStatus.Canceled) throw new ApiRefusalException(400, UnconfirmedNames.MandateStatus, "the mandate is CANCELED already");
            mandate.MandateStatus = MandateStatus.Canceled;
            events.Tell(call.Database, call.Account.Number, names.MandateCanceled, MandateAnswer.Of(mandate, publicUrl), call.Now);
            return Show(mandate);
        }));

        api.MapPost(UnconfirmedNames.SddPath, door.Change(async call => Shown(await NewDebitAsync(call))));
        api.MapGet(UnconfirmedNames.OneSddPath, door.Read(async call => Shown(await DebitAsync(call))));
        api.MapGet(UnconfirmedNames.SddPath, door.Read(async call =>
        {
            var reference = Reference(call, UnconfirmedNames.SddReference);
            var found = await call.Database.DirectDebits.Where(d => d.AccountNumber == call.Account.Number && d.MerchantSddTransactionId == reference)
                .OrderByDescending(d => d.Number).Take(PaymentRequestSearch.MostFound).ToListAsync();
            return ApiAnswer.Ok(found.Select(SddTransactionAnswer.Of));
        }));
        api.MapPost(UnconfirmedNames.CancelSddPath, door.Change(async call =>
        {
            var debit = await DebitAsync(call);
            if (debit.SddTransactionStatus != DebitStatus.Pending || debit.Outcome is not null)
                throw new ApiRefusalException(400, UnconfirmedNames.SddTransactionStatus, $"the direct debit is {debit.SddTransactionStatus.ToString().ToUpperInvariant()}; only one that no bank has decided can be canceled");
            debit.SddTransactionStatus = DebitStatus.Canceled;
            debit.NextStepDate = null;
            return Shown(debit);
        }));

        ApiAnswer Show(Mandate mandate) => ApiAnswer.Ok(MandateAnswer.Of(mandate, publicUrl));
    }

    private static ApiAnswer Shown(DirectDebit debit) => ApiAnswer.Ok(SddTransactionAnswer.Of(debit));

    private static async Task<Mandate> NewMandateAsync(ApiCall call)
    {
        var form = call.Form;
        var rum = form.Text("rum", LongestRum);
        if (rum is null) form.Refuse("rum", "required");
        if (!Enum.TryParse<DebitScheme>(form.Text("scheme") ?? "CORE", ignoreCase: true, out var scheme) || !Enum.IsDefined(scheme)) form.Refuse("scheme", "CORE or B2B is required");
        var mandate = new Mandate
        {
            AccountNumber = call.Account.Number,
            MandateId = Guid.CreateVersion7(call.Now),
            CreationDate = call.Now,
            MerchantMandateId = form.Text(UnconfirmedNames.MandateReference),
            Rum = rum ?? "",
            Scheme = scheme,
            Email = form.Text("email"),
            Phone = form.Text("phone"),
            EndUserLanguage = form.Text("endUserLanguage", 10),
            RedirectUrl = form.HttpAddress("redirectUrl"),
            DebtorName = form.Text("debtorName", 70),
        };
        form.ThrowIfRefused();
        if (await call.Database.Mandates.AnyAsync(m => m.AccountNumber == call.Account.Number && m.Rum == rum)) throw new ApiRefusalException(400, "rum", "another mandate of this account has it");
        call.Database.Add(mandate);
        return mandate;
    }

    private static async Task<DirectDebit> NewDebitAsync(ApiCall call)
    {
        var form = call.Form;
        var mandateId = form.Uuid(UnconfirmedNames.MandateId);
        var amount = form.Cents("amount");
        if (form.Text(UnconfirmedNames.MandateId) is null) form.Refuse(UnconfirmedNames.MandateId, "required");
        if (form.Text("amount") is null) form.Refuse("amount", "required");
        if (form.Text("currency") != "EUR") form.Refuse("currency", "a SEPA direct debit is in EUR");
        var earliest = TargetDays.Add(TargetDays.Add(TargetDays.Today(call.Now), 0), 1);
        if (!DateOnly.TryParseExact(form.Text(UnconfirmedNames.CollectionDate), "yyyy-MM-dd", out var day) || !TargetDays.IsOpen(day) || day < earliest)
            form.Refuse(UnconfirmedNames.CollectionDate, $"a working day of TARGET from {earliest:yyyy-MM-dd} on is required, as yyyy-MM-dd");
        var description = form.Text("description", 140);
        form.ThrowIfRefused();
        var mandate = await MandateAsync(call, mandateId!.Value);
        if (mandate.MandateStatus != MandateStatus.Active)
            throw new ApiRefusalException(400, UnconfirmedNames.MandateId, $"the mandate is {mandate.MandateStatus.ToString().ToUpperInvariant()}; only an ACTIVE one can be used");
        var debit = new DirectDebit
        {
            AccountNumber = call.Account.Number,
            SddTransactionId = Guid.CreateVersion7(call.Now),
            CreationDate = call.Now,
            MerchantSddTransactionId = form.Text(UnconfirmedNames.SddReference),
            MandateId = mandate.MandateId,
            Amount = amount!.Value,
            Currency = "EUR",
            Description = description,
            RequestedCollectionDate = day,
            NextStepDate = DebitRun.FirstStep(day),
        };
        call.Database.Add(debit);
        return debit;
    }

    private static string Reference(ApiCall call, string name) =>
        call.Query[name].ToString() is { Length: > 0 } reference ? reference : throw new ApiRefusalException(400, name, "required");

    private static async Task<Mandate> MandateAsync(ApiCall call, Guid id) =>
        await call.Database.Mandates.SingleOrDefaultAsync(m => m.MandateId == id && m.AccountNumber == call.Account.Number)
        ?? throw ApiRefusalException.NotFound(UnconfirmedNames.MandateId);

    private static async Task<DirectDebit> DebitAsync(ApiCall call) =>
        await call.Database.DirectDebits.SingleOrDefaultAsync(d => d.SddTransactionId == call.Id && d.AccountNumber == call.Account.Number)
        ?? throw ApiRefusalException.NotFound(UnconfirmedNames.SddTransactionId);
}
