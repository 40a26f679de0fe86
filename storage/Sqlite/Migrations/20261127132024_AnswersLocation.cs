using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AnswersLocation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "location",
                table: "idempotent_answers",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "location",
                table: "idempotent_answers");
        }
    }
}
