using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Drop;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Statements;
using CentralPay.Workflows.Server.Api;

namespace CentralPay.Workflows.Server.Drop;

/// <summary>What is said beside a file: what became of it, with the rules it broke in the merchant's language.</summary>
internal static class DropReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly IRuleWords Words = new RuleWords();

    public static byte[] Of(DroppedFile file, Merchant merchant, InvoiceImport? invoices, StatementImport? statement, IReadOnlyList<RuleViolation> errors)
    {
        var culture = CultureInfo.GetCultureInfo(merchant.Language);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                file = file.FileName,
                file.Kind,
                file.Outcome,
                file.Sha256,
                file.TakenAt,
                import = invoices is null ? null : new { invoices.Id, invoices.Rows, invoices.Accepted, invoices.Corrected, invoices.Unchanged, invoices.Rejected },
                rejects = invoices is null ? null : RejectsFile.RejectsOf(invoices).Select(reject => new { reject.Line, reject.Field, reject.Rule, reject.Value, message = Words.Say(reject.Rule, reject.Arguments, culture) }),
                statement = statement is null ? null : new { statement.Id, statement.Entries, statement.Added, statement.Known, statement.Debits, statement.Reversals, statements = StatementImports.StatementsOf(statement).Select(StatementLine.Of) },
                errors = errors.Count == 0 ? null : errors.Select(error => new { error.Field, error.Code, message = Words.Say(error, culture) }),
            },
            Json);
    }
}
