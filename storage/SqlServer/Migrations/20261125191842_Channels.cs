using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.SqlServer.Migrations
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
                name: "channel_fallback",
                table: "merchants",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "gather_minutes",
                table: "merchants",
                type: "int",
                nullable: false,
                defaultValue: 0);

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

            migrationBuilder.AddColumn<bool>(
                name: "sms_opted_out",
                table: "customers",
                type: "bit",
                nullable: false,
                defaultValue: false);

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
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier",
                oldNullable: true);
        }
    }
}
