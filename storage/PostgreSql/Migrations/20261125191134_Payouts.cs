using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Payouts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "published_by",
                table: "scenario_versions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "beneficiary_id",
                table: "ledger_lines",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "invoices",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "issued_by",
                table: "api_keys",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "beneficiaries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    way = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    iban = table.Column<string>(type: "text", nullable: true),
                    wallet_reference = table.Column<string>(type: "text", nullable: true),
                    schedule = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    reserve_minor = table.Column<long>(type: "bigint", nullable: false),
                    archived = table.Column<bool>(type: "boolean", nullable: false),
                    edited_by = table.Column<string>(type: "text", nullable: false),
                    edited_by_name = table.Column<string>(type: "text", nullable: false),
                    edited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    account_set_by = table.Column<string>(type: "text", nullable: false),
                    account_set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_beneficiaries", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "payout_turns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_turns", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "payouts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    beneficiary_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    operations = table.Column<int>(type: "integer", nullable: false),
                    covers_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    covers_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    way = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    creators = table.Column<string>(type: "text", nullable: false),
                    proposed_by_name = table.Column<string>(type: "text", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approval_number = table.Column<int>(type: "integer", nullable: false),
                    approved_by = table.Column<string>(type: "text", nullable: true),
                    approved_by_name = table.Column<string>(type: "text", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paid_to_name = table.Column<string>(type: "text", nullable: true),
                    paid_to_iban = table.Column<string>(type: "text", nullable: true),
                    paid_to_wallet = table.Column<string>(type: "text", nullable: true),
                    gateway_payout_id = table.Column<string>(type: "text", nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "character(3)", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "splits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    beneficiary_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    basis_points = table.Column<int>(type: "integer", nullable: false),
                    fixed_minor = table.Column<long>(type: "bigint", nullable: true),
                    rounding = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    available_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    booked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    payout_id = table.Column<Guid>(type: "uuid", nullable: true),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    published_by = table.Column<string>(type: "text", nullable: true),
                    asked_by = table.Column<string>(type: "text", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "character(3)", fixedLength: true, maxLength: 3, nullable: false),
                    basis_minor = table.Column<long>(type: "bigint", nullable: false),
                    basis_currency = table.Column<string>(type: "character(3)", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_splits", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_lines_merchant_id_beneficiary_id",
                table: "ledger_lines",
                columns: new[] { "merchant_id", "beneficiary_id" });

            migrationBuilder.CreateIndex(
                name: "ix_beneficiaries_merchant_id_code",
                table: "beneficiaries",
                columns: new[] { "merchant_id", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payouts_merchant_id_beneficiary_id",
                table: "payouts",
                columns: new[] { "merchant_id", "beneficiary_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_merchant_id_gateway_payout_id",
                table: "payouts",
                columns: new[] { "merchant_id", "gateway_payout_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_merchant_id_reference",
                table: "payouts",
                columns: new[] { "merchant_id", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payouts_merchant_id_state",
                table: "payouts",
                columns: new[] { "merchant_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_splits_merchant_id_beneficiary_id_payout_id",
                table: "splits",
                columns: new[] { "merchant_id", "beneficiary_id", "payout_id" });

            migrationBuilder.CreateIndex(
                name: "ix_splits_merchant_id_invoice_id",
                table: "splits",
                columns: new[] { "merchant_id", "invoice_id" });

            migrationBuilder.CreateIndex(
                name: "ix_splits_merchant_id_key",
                table: "splits",
                columns: new[] { "merchant_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_splits_merchant_id_payout_id",
                table: "splits",
                columns: new[] { "merchant_id", "payout_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "beneficiaries");

            migrationBuilder.DropTable(
                name: "payout_turns");

            migrationBuilder.DropTable(
                name: "payouts");

            migrationBuilder.DropTable(
                name: "splits");

            migrationBuilder.DropIndex(
                name: "ix_ledger_lines_merchant_id_beneficiary_id",
                table: "ledger_lines");

            migrationBuilder.DropColumn(
                name: "published_by",
                table: "scenario_versions");

            migrationBuilder.DropColumn(
                name: "beneficiary_id",
                table: "ledger_lines");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "issued_by",
                table: "api_keys");
        }
    }
}
