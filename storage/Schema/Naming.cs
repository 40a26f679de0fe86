using System.Text;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Storage.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>One way to name tables and columns, valid unquoted in every database: lower case with underscores, tables in the plural.</summary>
internal static class Naming
{
    private static readonly Dictionary<Type, string> OwnNames = new()
    {
        [typeof(CaseRecord)] = "cases",
        [typeof(JournalEntry)] = "journal",
        [typeof(ScenarioVersion)] = "scenario_versions",
        [typeof(TriggerRow)] = "triggers",
        [typeof(EarlyStimulus)] = "early_stimuli",
        [typeof(LedgerEntry)] = "ledger_entries",
        [typeof(LedgerLineRow)] = "ledger_lines",
        [typeof(ClockState)] = "clock_state",
        [typeof(Person)] = "people",
        [typeof(IdentityRole<Guid>)] = "roles",
        [typeof(IdentityUserRole<Guid>)] = "people_roles",
        [typeof(IdentityUserClaim<Guid>)] = "people_claims",
        [typeof(IdentityUserLogin<Guid>)] = "people_logins",
        [typeof(IdentityUserToken<Guid>)] = "people_tokens",
        [typeof(IdentityRoleClaim<Guid>)] = "role_claims",
    };

    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(OwnNames.GetValueOrDefault(entity.ClrType) ?? Plural(Snake(entity.ClrType.Name)));
            NameColumns(entity, prefix: null);
            foreach (var key in entity.GetKeys())
            {
                key.SetName(Lower(key.GetName()));
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(Lower(index.GetDefaultDatabaseName()));
            }

            foreach (var reference in entity.GetForeignKeys())
            {
                reference.SetConstraintName(Lower(reference.GetDefaultName()));
            }
        }
    }

    private static void NameColumns(IMutableTypeBase type, string? prefix)
    {
        foreach (var property in type.GetProperties())
        {
            property.SetColumnName(prefix is null ? ColumnOf(property.Name) : $"{prefix}_{ColumnOf(property.Name)}");
        }

        foreach (var complex in type.GetComplexProperties())
        {
            var name = Snake(complex.Name);
            if (complex.ComplexType.ClrType == typeof(Money))
            {
                complex.ComplexType.FindProperty(nameof(Money.AmountMinor))!.SetColumnName($"{name}_minor");
                var currency = complex.ComplexType.FindProperty(nameof(Money.Currency))!;
                currency.SetColumnName($"{name}_currency");
                currency.SetMaxLength(3);
                currency.SetIsFixedLength(true);
            }
            else
            {
                NameColumns(complex.ComplexType, name);
            }
        }
    }

    // The engine's tenant is the merchant: one name for one thing.
    private static string ColumnOf(string property) => property == "TenantId" ? "merchant_id" : Snake(property);

    private static string Plural(string name) =>
        name.EndsWith('y') && !name.EndsWith("key", StringComparison.Ordinal) ? name[..^1] + "ies" : name + "s";

    private static string? Lower(string? name) => name?.ToLowerInvariant();

    private static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }
}
