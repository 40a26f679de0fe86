using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Widened : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "published_by",
                table: "scenario_versions",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<Guid>(
                name: "transfer_id",
                table: "payments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "customer_id",
                table: "messages",
                type: "uniqueidentifier",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier");

            migrationBuilder.AddColumn<Guid>(
                name: "covered_by",
                table: "messages",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "day_key",
                table: "messages",
                type: "nvarchar(450)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "delivery",
                table: "messages",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "delivery_error",
                table: "messages",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "invoice_count",
                table: "messages",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "messages",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "segments",
                table: "messages",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "text_version",
                table: "messages",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "accepts_direct_debit",
                table: "merchants",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "channel_fallback",
                table: "merchants",
                type: "bit",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<int>(
                name: "debit_cut_off_hour",
                table: "merchants",
                type: "int",
                nullable: false,
                defaultValue: 11);

            migrationBuilder.AddColumn<int>(
                name: "debit_lead_days",
                table: "merchants",
                type: "int",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "gather_minutes",
                table: "merchants",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "beneficiary_id",
                table: "ledger_lines",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "invoices",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "searched",
                table: "invoices",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AlterColumn<string>(
                name: "debtor_iban",
                table: "incoming_transfers",
                type: "nvarchar(450)",
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(max)",
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "also_told_as",
                table: "incoming_transfers",
                type: "nvarchar(450)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<Guid>(
                name: "customer_id",
                table: "incoming_transfers",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "incoming_transfers",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "other_references",
                table: "incoming_transfers",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "undone",
                table: "incoming_transfers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "automation_stopped",
                table: "customers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "excluded_reason",
                table: "customers",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateOnly>(
                name: "excluded_until",
                table: "customers",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "preferred_channel",
                table: "customers",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "searched",
                table: "customers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<bool>(
                name: "sms_opted_out",
                table: "customers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "issued_by",
                table: "api_keys",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateTable(
                name: "bank_statements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    account = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    from_day = table.Column<DateOnly>(type: "date", nullable: true),
                    to_day = table.Column<DateOnly>(type: "date", nullable: true),
                    opening_minor = table.Column<long>(type: "bigint", nullable: true),
                    closing_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    import_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_statements", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "beneficiaries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    way = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    iban = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    wallet_reference = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    schedule = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reserve_minor = table.Column<long>(type: "bigint", nullable: false),
                    archived = table.Column<bool>(type: "bit", nullable: false),
                    edited_by = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    edited_by_name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    edited_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    account_set_by = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    account_set_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_beneficiaries", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "direct_debits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mandate_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    first_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    attempt = table.Column<int>(type: "int", nullable: false),
                    collect_on = table.Column<DateOnly>(type: "date", nullable: false),
                    announce_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    failure = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true, collation: "Latin1_General_100_BIN2"),
                    phase = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true, collation: "Latin1_General_100_BIN2"),
                    reason_code = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    failure_text = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    double_refund_risk = table.Column<bool>(type: "bit", nullable: false),
                    gateway_debit_id = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    payment_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    announced_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "nchar(3)", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_direct_debits", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "dropped_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    file_name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    sha256 = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    outcome = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    import_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    errors_json = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    taken_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dropped_files", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "mandates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    reference = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    scheme = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    return_token = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    gateway_mandate_id = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    gateway_endpoint = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    debtor_name = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    account_ending = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    signed_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    last_used_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    end_reason = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    returned_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mandates", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "payout_turns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_turns", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "payouts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    beneficiary_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    operations = table.Column<int>(type: "int", nullable: false),
                    covers_from = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    covers_until = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    way = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    creators = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    proposed_by_name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    proposed_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    approval_number = table.Column<int>(type: "int", nullable: false),
                    approved_by = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    approved_by_name = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    approved_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    paid_to_name = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    paid_to_iban = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    paid_to_wallet = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    gateway_payout_id = table.Column<string>(type: "nvarchar(450)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    file_name = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    sent_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true),
                    problem = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "nchar(3)", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "splits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    beneficiary_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    basis_points = table.Column<int>(type: "int", nullable: false),
                    fixed_minor = table.Column<long>(type: "bigint", nullable: true),
                    rounding = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    available_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    booked_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    payout_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    published_by = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    asked_by = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "nchar(3)", fixedLength: true, maxLength: 3, nullable: false),
                    basis_minor = table.Column<long>(type: "bigint", nullable: false),
                    basis_currency = table.Column<string>(type: "nchar(3)", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_splits", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "statement_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    file_name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    sha256 = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    entries = table.Column<int>(type: "int", nullable: false),
                    handled = table.Column<int>(type: "int", nullable: false),
                    added = table.Column<int>(type: "int", nullable: false),
                    known = table.Column<int>(type: "int", nullable: false),
                    debits = table.Column<int>(type: "int", nullable: false),
                    reversals = table.Column<int>(type: "int", nullable: false),
                    statements_json = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    brought_by = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    started_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_imports", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "text_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    template = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    channel = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    language = table.Column<string>(type: "nvarchar(450)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false),
                    is_current = table.Column<bool>(type: "bit", nullable: false),
                    is_withdrawal = table.Column<bool>(type: "bit", nullable: false),
                    subject = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    preheader = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    html = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    text = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    saved_by = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    saved_at = table.Column<DateTimeOffset>(type: "datetimeoffset(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_text_versions", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_payments_merchant_id_transfer_id",
                table: "payments",
                columns: new[] { "merchant_id", "transfer_id" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_merchant_id_covered_by",
                table: "messages",
                columns: new[] { "merchant_id", "covered_by" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_merchant_id_day_key",
                table: "messages",
                columns: new[] { "merchant_id", "day_key" },
                unique: true,
                filter: "[day_key] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_lines_merchant_id_beneficiary_id",
                table: "ledger_lines",
                columns: new[] { "merchant_id", "beneficiary_id" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_merchant_id_at",
                table: "ledger_entries",
                columns: new[] { "merchant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_invoices_merchant_id_issue_date",
                table: "invoices",
                columns: new[] { "merchant_id", "issue_date" });

            migrationBuilder.CreateIndex(
                name: "ix_incoming_transfers_merchant_id_also_told_as",
                table: "incoming_transfers",
                columns: new[] { "merchant_id", "also_told_as" });

            migrationBuilder.CreateIndex(
                name: "ix_incoming_transfers_merchant_id_booked_on",
                table: "incoming_transfers",
                columns: new[] { "merchant_id", "booked_on" });

            migrationBuilder.CreateIndex(
                name: "ix_incoming_transfers_merchant_id_debtor_iban",
                table: "incoming_transfers",
                columns: new[] { "merchant_id", "debtor_iban" });

            migrationBuilder.CreateIndex(
                name: "ix_domain_events_merchant_id_customer_id_id",
                table: "domain_events",
                columns: new[] { "merchant_id", "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bank_statements_merchant_id_account",
                table: "bank_statements",
                columns: new[] { "merchant_id", "account" });

            migrationBuilder.CreateIndex(
                name: "ix_bank_statements_merchant_id_key",
                table: "bank_statements",
                columns: new[] { "merchant_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_beneficiaries_merchant_id_code",
                table: "beneficiaries",
                columns: new[] { "merchant_id", "code" },
                unique: true);

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
                name: "ix_dropped_files_merchant_id_sha256",
                table: "dropped_files",
                columns: new[] { "merchant_id", "sha256" });

            migrationBuilder.CreateIndex(
                name: "ix_mandates_merchant_id_customer_id_status",
                table: "mandates",
                columns: new[] { "merchant_id", "customer_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_mandates_merchant_id_reference",
                table: "mandates",
                columns: new[] { "merchant_id", "reference" },
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

            migrationBuilder.CreateIndex(
                name: "ix_statement_imports_merchant_id_sha256",
                table: "statement_imports",
                columns: new[] { "merchant_id", "sha256" });

            migrationBuilder.CreateIndex(
                name: "ix_text_versions_merchant_id_key",
                table: "text_versions",
                columns: new[] { "merchant_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_text_versions_merchant_id_template_channel_language",
                table: "text_versions",
                columns: new[] { "merchant_id", "template", "channel", "language" });

            migrationBuilder.Sql("UPDATE customers SET searched = lower(CONCAT(number, ' ', name, ' ', email))");
            migrationBuilder.Sql("UPDATE invoices SET searched = lower(number)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bank_statements");

            migrationBuilder.DropTable(
                name: "beneficiaries");

            migrationBuilder.DropTable(
                name: "direct_debits");

            migrationBuilder.DropTable(
                name: "dropped_files");

            migrationBuilder.DropTable(
                name: "mandates");

            migrationBuilder.DropTable(
                name: "payout_turns");

            migrationBuilder.DropTable(
                name: "payouts");

            migrationBuilder.DropTable(
                name: "splits");

            migrationBuilder.DropTable(
                name: "statement_imports");

            migrationBuilder.DropTable(
                name: "text_versions");

            migrationBuilder.DropIndex(
                name: "ix_payments_merchant_id_transfer_id",
                table: "payments");

            migrationBuilder.DropIndex(
                name: "ix_messages_merchant_id_covered_by",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_merchant_id_day_key",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_ledger_lines_merchant_id_beneficiary_id",
                table: "ledger_lines");

            migrationBuilder.DropIndex(
                name: "ix_ledger_entries_merchant_id_at",
                table: "ledger_entries");

            migrationBuilder.DropIndex(
                name: "ix_invoices_merchant_id_issue_date",
                table: "invoices");

            migrationBuilder.DropIndex(
                name: "ix_incoming_transfers_merchant_id_also_told_as",
                table: "incoming_transfers");

            migrationBuilder.DropIndex(
                name: "ix_incoming_transfers_merchant_id_booked_on",
                table: "incoming_transfers");

            migrationBuilder.DropIndex(
                name: "ix_incoming_transfers_merchant_id_debtor_iban",
                table: "incoming_transfers");

            migrationBuilder.DropIndex(
                name: "ix_domain_events_merchant_id_customer_id_id",
                table: "domain_events");

            migrationBuilder.DropColumn(
                name: "published_by",
                table: "scenario_versions");

            migrationBuilder.DropColumn(
                name: "transfer_id",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "covered_by",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "day_key",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "delivery",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "delivery_error",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "invoice_count",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "note",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "segments",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "text_version",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "accepts_direct_debit",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "channel_fallback",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "debit_cut_off_hour",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "debit_lead_days",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "gather_minutes",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "beneficiary_id",
                table: "ledger_lines");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "searched",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "also_told_as",
                table: "incoming_transfers");

            migrationBuilder.DropColumn(
                name: "customer_id",
                table: "incoming_transfers");

            migrationBuilder.DropColumn(
                name: "decided_by",
                table: "incoming_transfers");

            migrationBuilder.DropColumn(
                name: "other_references",
                table: "incoming_transfers");

            migrationBuilder.DropColumn(
                name: "undone",
                table: "incoming_transfers");

            migrationBuilder.DropColumn(
                name: "automation_stopped",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "excluded_reason",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "excluded_until",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "preferred_channel",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "searched",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "sms_opted_out",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "issued_by",
                table: "api_keys");

            migrationBuilder.AlterColumn<Guid>(
                name: "customer_id",
                table: "messages",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "debtor_iban",
                table: "incoming_transfers",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(450)",
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");
        }
    }
}
