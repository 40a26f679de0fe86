using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Channels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "channel_fallback",
                table: "merchants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "gather_minutes",
                table: "merchants",
                type: "integer",
                nullable: false,
                defaultValue: 0);

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

            migrationBuilder.AddColumn<bool>(
                name: "sms_opted_out",
                table: "customers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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
                name: "ix_messages_merchant_id_covered_by",
                table: "messages",
                columns: new[] { "merchant_id", "covered_by" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_merchant_id_day_key",
                table: "messages",
                columns: new[] { "merchant_id", "day_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_text_versions_merchant_id_key",
                table: "text_versions",
                columns: new[] { "merchant_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_text_versions_merchant_id_template_channel_language",
                table: "text_versions",
                columns: new[] { "merchant_id", "template", "channel", "language" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "text_versions");

            migrationBuilder.DropIndex(
                name: "ix_messages_merchant_id_covered_by",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_merchant_id_day_key",
                table: "messages");

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
                name: "channel_fallback",
                table: "merchants");

            migrationBuilder.DropColumn(
                name: "gather_minutes",
                table: "merchants");

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
                name: "sms_opted_out",
                table: "customers");

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
