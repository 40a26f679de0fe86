using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "transfer_id",
                table: "payments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "customer_id",
                table: "messages",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.AddColumn<Guid>(
                name: "covered_by",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "day_key",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "delivery",
                table: "messages",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "delivery_error",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "invoice_count",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "segments",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "text_version",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "accepts_direct_debit",
                table: "merchants",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "channel_fallback",
                table: "merchants",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

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

            migrationBuilder.AddColumn<int>(
                name: "gather_minutes",
                table: "merchants",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "beneficiary_id",
                table: "ledger_lines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "invoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "searched",
                table: "invoices",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "also_told_as",
                table: "incoming_transfers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "customer_id",
                table: "incoming_transfers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "incoming_transfers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "other_references",
                table: "incoming_transfers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "undone",
                table: "incoming_transfers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "automation_stopped",
                table: "customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "excluded_reason",
                table: "customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "excluded_until",
                table: "customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "preferred_channel",
                table: "customers",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "searched",
                table: "customers",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "sms_opted_out",
                table: "customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "issued_by",
                table: "api_keys",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bank_statements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    account = table.Column<string>(type: "TEXT", nullable: false),
                    from_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    to_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    opening_minor = table.Column<long>(type: "INTEGER", nullable: true),
                    closing_minor = table.Column<long>(type: "INTEGER", nullable: true),
                    currency = table.Column<string>(type: "TEXT", nullable: true),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_statements", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "beneficiaries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    way = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    iban = table.Column<string>(type: "TEXT", nullable: true),
                    wallet_reference = table.Column<string>(type: "TEXT", nullable: true),
                    schedule = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    reserve_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    archived = table.Column<bool>(type: "INTEGER", nullable: false),
                    edited_by = table.Column<string>(type: "TEXT", nullable: false),
                    edited_by_name = table.Column<string>(type: "TEXT", nullable: false),
                    edited_at = table.Column<long>(type: "INTEGER", nullable: false),
                    account_set_by = table.Column<string>(type: "TEXT", nullable: false),
                    account_set_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_beneficiaries", x => new { x.merchant_id, x.id });
                });

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
                name: "dropped_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    errors_json = table.Column<string>(type: "TEXT", nullable: false),
                    taken_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dropped_files", x => new { x.merchant_id, x.id });
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

            migrationBuilder.CreateTable(
                name: "payout_turns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_turns", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "payouts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", nullable: false),
                    beneficiary_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    operations = table.Column<int>(type: "INTEGER", nullable: false),
                    covers_from = table.Column<long>(type: "INTEGER", nullable: true),
                    covers_until = table.Column<long>(type: "INTEGER", nullable: true),
                    way = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    creators = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_by_name = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    approval_number = table.Column<int>(type: "INTEGER", nullable: false),
                    approved_by = table.Column<string>(type: "TEXT", nullable: true),
                    approved_by_name = table.Column<string>(type: "TEXT", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    paid_to_name = table.Column<string>(type: "TEXT", nullable: true),
                    paid_to_iban = table.Column<string>(type: "TEXT", nullable: true),
                    paid_to_wallet = table.Column<string>(type: "TEXT", nullable: true),
                    gateway_payout_id = table.Column<string>(type: "TEXT", nullable: true),
                    file_name = table.Column<string>(type: "TEXT", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_currency = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "splits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    beneficiary_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    invoice_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    customer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    fixed_minor = table.Column<long>(type: "INTEGER", nullable: true),
                    rounding = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    available_at = table.Column<long>(type: "INTEGER", nullable: false),
                    booked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    payout_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    case_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    published_by = table.Column<string>(type: "TEXT", nullable: true),
                    asked_by = table.Column<string>(type: "TEXT", nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_currency = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 3, nullable: false),
                    basis_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    basis_currency = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_splits", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "statement_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    entries = table.Column<int>(type: "INTEGER", nullable: false),
                    handled = table.Column<int>(type: "INTEGER", nullable: false),
                    added = table.Column<int>(type: "INTEGER", nullable: false),
                    known = table.Column<int>(type: "INTEGER", nullable: false),
                    debits = table.Column<int>(type: "INTEGER", nullable: false),
                    reversals = table.Column<int>(type: "INTEGER", nullable: false),
                    statements_json = table.Column<string>(type: "TEXT", nullable: false),
                    brought_by = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    completed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_imports", x => new { x.merchant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "text_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    merchant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    template = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    is_current = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_withdrawal = table.Column<bool>(type: "INTEGER", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: true),
                    preheader = table.Column<string>(type: "TEXT", nullable: true),
                    html = table.Column<string>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    saved_by = table.Column<string>(type: "TEXT", nullable: false),
                    saved_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);
        }
    }
}
