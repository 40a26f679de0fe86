using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DirectDebits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "accepts_direct_debit",
                table: "merchants",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "debit_cut_off_hour",
                table: "merchants",
                type: "INTEGER",
                nullable: false,
                defaultValue: 11);

            migrationBuilder.AddColumn<int>(
                name: "debit_lead_days",
                table: "merchants",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<bool>(
                name: "automation_stopped",
                table: "customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "direct_debits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    invoice_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    customer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mandate_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    first_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    collect_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    announce_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    failure = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    phase = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    reason_code = table.Column<string>(type: "TEXT", nullable: true),
                    failure_text = table.Column<string>(type: "TEXT", nullable: true),
                    double_refund_risk = table.Column<bool>(type: "INTEGER", nullable: false),
                    gateway_debit_id = table.Column<string>(type: "TEXT", nullable: true),
                    payment_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    announced_at = table.Column<long>(type: "INTEGER", nullable: true),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_currency = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_direct_debits", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "mandates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    customer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    invoice_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    reference = table.Column<string>(type: "TEXT", nullable: false),
                    scheme = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    return_token = table.Column<string>(type: "TEXT", nullable: true),
                    gateway_mandate_id = table.Column<string>(type: "TEXT", nullable: true),
                    gateway_endpoint = table.Column<string>(type: "TEXT", nullable: true),
                    debtor_name = table.Column<string>(type: "TEXT", nullable: true),
                    account_ending = table.Column<string>(type: "TEXT", nullable: true),
                    signed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_used_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", nullable: true),
                    returned_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mandates", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_direct_debits_merchant_id_invoice_id",
                table: "direct_debits",
                columns: new[] { "merchant_id", "invoice_id" });

            migrationBuilder.CreateIndex(
                name: "ix_direct_debits_merchant_id_key",
                table: "direct_debits",
                columns: new[] { "merchant_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_direct_debits_merchant_id_mandate_id",
                table: "direct_debits",
                columns: new[] { "merchant_id", "mandate_id" });

            migrationBuilder.CreateIndex(
                name: "ix_direct_debits_merchant_id_status_collect_on",
                table: "direct_debits",
                columns: new[] { "merchant_id", "status", "collect_on" });

            migrationBuilder.CreateIndex(
                name: "ix_mandates_merchant_id_customer_id_status",
                table: "mandates",
                columns: new[] { "merchant_id", "customer_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_mandates_merchant_id_reference",
                table: "mandates",
                columns: new[] { "merchant_id", "reference" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "direct_debits");

            migrationBuilder.DropTable(
                name: "mandates");

            migrationBuilder.DropColumn(
                name: "accepts_direct_debit",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "debit_cut_off_hour",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "debit_lead_days",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "automation_stopped",
                table: "customers");
        }
    }
}
