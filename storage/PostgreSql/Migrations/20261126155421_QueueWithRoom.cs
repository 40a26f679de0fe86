using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CentralPay.Workflows.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class QueueWithRoom : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "work_items")
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "work_items")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 50);
        }
    }
}
