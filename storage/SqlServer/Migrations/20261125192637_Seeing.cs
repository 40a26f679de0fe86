using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Seeing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "searched",
                table: "invoices",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "searched",
                table: "customers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_merchant_id_at",
                table: "ledger_entries",
                columns: new[] { "merchant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_invoices_merchant_id_issue_date",
                table: "invoices",
                columns: new[] { "merchant_id", "issue_date" });

            migrationBuilder.CreateIndex(
                name: "ix_domain_events_merchant_id_customer_id_id",
                table: "domain_events",
                columns: new[] { "merchant_id", "customer_id", "id" });

            // What stands already is found by its small letters; by its letters without accents after its next change.
            migrationBuilder.Sql("UPDATE customers SET searched = lower(CONCAT(number, ' ', name, ' ', email))");
            migrationBuilder.Sql("UPDATE invoices SET searched = lower(number)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_ledger_entries_merchant_id_at",
                table: "ledger_entries");

            migrationBuilder.DropIndex(
                name: "ix_invoices_merchant_id_issue_date",
                table: "invoices");

            migrationBuilder.DropIndex(
                name: "ix_domain_events_merchant_id_customer_id_id",
                table: "domain_events");

            migrationBuilder.DropColumn(
                name: "searched",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "searched",
                table: "customers");
        }
    }
}
