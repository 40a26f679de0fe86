using System.Globalization;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Designer.Customers;
using CentralPay.Workflows.Designer.Messages;
using CentralPay.Workflows.Designer.Payouts;
using CentralPay.Workflows.Designer.Tasks;
using CentralPay.Workflows.Designer.Transfers;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Exports;

/// <summary>
/// The lists of the back office as files: <c>/exports/invoices.csv?status=overdue</c> holds what the page shows under the same
/// filters, in the reader's language and culture.
/// </summary>
internal static class ExportEndpoints
{
    private static readonly Dictionary<string, Func<Asked, Task<ListExport>>> lists = new(StringComparer.Ordinal)
    {
        ["invoices"] = async asked =>
        {
            var filter = InvoiceFilter.Of(asked.Query);
            return asked.Lists.Invoices(await filter.WhereAsync(asked.Get<IMerchantRecords>(), asked.Today, asked.Ending), filter.Order);
        },
        ["customers"] = asked => Task.FromResult(CustomerFilter.Of(asked.Query).Export(asked.Lists, asked.Today, asked.Get<ICustomerFigures>())),
        ["payments"] = asked => Task.FromResult(asked.Lists.Payments(PaymentFilter.Of(asked.Query).Where(asked.Zone))),
        ["transfers"] = asked => Task.FromResult(asked.Lists.Transfers(TransferFilter.Of(asked.Query["status"]).Where)),
        ["tasks"] = asked => Task.FromResult(asked.Lists.Tasks(new TaskFilter(asked.Query["which"]).Where(asked.Get<ICurrentActor>().Actor))),
        ["messages"] = asked => Task.FromResult(asked.Lists.Messages(MessageFilter.Of(asked.Query["status"]).Where)),
        ["cases"] = async asked => CaseExport.Of(asked.Get<ICaseStore>(), await CaseFilter.Of(asked.Query).QueryAsync(asked.Get<IMerchantRecords>(), asked.Ending)),
        ["payouts"] = asked => Task.FromResult(asked.Lists.Payouts(PayoutFilter.Of(asked.Query["which"]).Where)),
        ["beneficiaries"] = asked => Task.FromResult(asked.Lists.Beneficiaries(row => true)),
        ["statements"] = asked => Task.FromResult(asked.Lists.Statements(row => true)),
        ["imports"] = asked => Task.FromResult(asked.Lists.Imports(row => true)),
        ["ledger"] = asked => Task.FromResult(asked.Lists.LedgerLines()),
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var list in lists.Keys)
        {
            routes.MapGet($"/exports/{list}.csv", (HttpContext context, IStringLocalizer<Phrases> say, TimeProvider time) => AnswerAsync(list, context, say, time)).RequireAuthorization().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> AnswerAsync(string list, HttpContext context, IStringLocalizer<Phrases> say, TimeProvider time)
    {
        var services = context.RequestServices;
        services.GetRequiredService<ICurrentActor>().Actor.Require(Permissions.Read);
        var records = services.GetRequiredService<IMerchantRecords>();
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, context.RequestAborted)
            ?? throw new InvalidOperationException($"There is no merchant {records.MerchantId}.");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(merchant.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        var export = await lists[list](new Asked(context.Request.Query, services, zone, today, context.RequestAborted));
        var style = ExportStyle.For(CultureInfo.CurrentCulture, zone, field => say.Code("field", field), (kind, code) => say.Code(kind, code));
        return new CsvAnswer(export, style, CsvAnswer.NameOf(say[$"export.{list}"], today));
    }

    /// <summary>What a request asked for, and what answers it.</summary>
    private sealed record Asked(IQueryCollection Query, IServiceProvider Services, TimeZoneInfo Zone, DateOnly Today, CancellationToken Ending)
    {
        public ListExports Lists => Get<ListExports>();

        public T Get<T>() where T : notnull => Services.GetRequiredService<T>();
    }
}
