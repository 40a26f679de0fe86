using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class IncidentScenario : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "definition_id",
                table: "incidents",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            // Incidents of before belong to the scenario of their case.
            migrationBuilder.Sql(
                """
                UPDATE incidents SET definition_id = (SELECT cases.definition_id FROM cases WHERE cases.merchant_id = incidents.merchant_id AND cases.id = incidents.case_id)
                WHERE case_id IS NOT NULL
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "definition_id",
                table: "incidents");
        }
    }
}
