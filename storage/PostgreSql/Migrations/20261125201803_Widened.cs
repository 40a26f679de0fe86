using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.PostgreSql.Migrations
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
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "transfer_id",
                table: "payments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "customer_id",
                table: "messages",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<Guid>(
                name: "covered_by",
                table: "messages",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "day_key",
                table: "messages",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "delivery",
                table: "messages",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "delivery_error",
                table: "messages",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "invoice_count",
                table: "messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "messages",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "segments",
                table: "messages",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "text_version",
                table: "messages",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "accepts_direct_debit",
                table: "merchants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "channel_fallback",
                table: "merchants",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<int>(
                name: "debit_cut_off_hour",
                table: "merchants",
                type: "integer",
                nullable: false,
                defaultValue: 11);

            migrationBuilder.AddColumn<int>(
                name: "debit_lead_days",
                table: "merchants",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "gather_minutes",
                table: "merchants",
                type: "integer",
                nullable: false,
                defaultValue: 0);

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
                name: "searched",
                table: "invoices",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "also_told_as",
                table: "incoming_transfers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "customer_id",
                table: "incoming_transfers",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "incoming_transfers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "other_references",
                table: "incoming_transfers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "undone",
                table: "incoming_transfers",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "automation_stopped",
                table: "customers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "excluded_reason",
                table: "customers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "excluded_until",
                table: "customers",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "preferred_channel",
                table: "customers",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "searched",
                table: "customers",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "sms_opted_out",
                table: "customers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "issued_by",
                table: "api_keys",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bank_statements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    from_day = table.Column<DateOnly>(type: "date", nullable: true),
                    to_day = table.Column<DateOnly>(type: "date", nullable: true),
                    opening_minor = table.Column<long>(type: "bigint", nullable: true),
                    closing_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: true),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_statements", x => new { x.merchant_id, x.id });
                });

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
                name: "direct_debits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mandate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    collect_on = table.Column<DateOnly>(type: "date", nullable: false),
                    announce_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    failure = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    phase = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    reason_code = table.Column<string>(type: "text", nullable: true),
                    failure_text = table.Column<string>(type: "text", nullable: true),
                    double_refund_risk = table.Column<bool>(type: "boolean", nullable: false),
                    gateway_debit_id = table.Column<string>(type: "text", nullable: true),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    announced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "character(3)", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_direct_debits", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "dropped_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    outcome = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: true),
                    errors_json = table.Column<string>(type: "text", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dropped_files", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "mandates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reference = table.Column<string>(type: "text", nullable: false),
                    scheme = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    return_token = table.Column<string>(type: "text", nullable: true),
                    gateway_mandate_id = table.Column<string>(type: "text", nullable: true),
                    gateway_endpoint = table.Column<string>(type: "text", nullable: true),
                    debtor_name = table.Column<string>(type: "text", nullable: true),
                    account_ending = table.Column<string>(type: "text", nullable: true),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    returned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mandates", x => new { x.merchant_id, x.id });
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

            migrationBuilder.CreateTable(
                name: "statement_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    entries = table.Column<int>(type: "integer", nullable: false),
                    handled = table.Column<int>(type: "integer", nullable: false),
                    added = table.Column<int>(type: "integer", nullable: false),
                    known = table.Column<int>(type: "integer", nullable: false),
                    debits = table.Column<int>(type: "integer", nullable: false),
                    reversals = table.Column<int>(type: "integer", nullable: false),
                    statements_json = table.Column<string>(type: "text", nullable: false),
                    brought_by = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_imports", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "text_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    template = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    is_current = table.Column<bool>(type: "boolean", nullable: false),
                    is_withdrawal = table.Column<bool>(type: "boolean", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: true),
                    preheader = table.Column<string>(type: "text", nullable: true),
                    html = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: true),
                    saved_by = table.Column<string>(type: "text", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                unique: true);

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

            migrationBuilder.Sql("UPDATE customers SET searched = lower(number || ' ' || name || ' ' || coalesce(email, ''))");
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
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }
    }
}
