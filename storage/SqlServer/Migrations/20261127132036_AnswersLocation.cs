using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.SqlServer.Migrations
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
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");
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
