using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Switchyard.Storage.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Recurring : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "switchyard_occurrences",
                columns: table => new
                {
                    recurrence_id = table.Column<string>(type: "TEXT", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_occurrences", x => new { x.recurrence_id, x.first_at });
                });

            migrationBuilder.CreateTable(
                name: "switchyard_recurrence_revisions",
                columns: table => new
                {
                    recurrence_id = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    expression = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_recurrence_revisions", x => new { x.recurrence_id, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "switchyard_recurrence_targets",
                columns: table => new
                {
                    recurrence_id = table.Column<string>(type: "TEXT", nullable: false),
                    target_id = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_recurrence_targets", x => new { x.recurrence_id, x.target_id });
                });

            migrationBuilder.CreateTable(
                name: "switchyard_recurrences",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    expression = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    misfire_policy = table.Column<int>(type: "INTEGER", nullable: false),
                    catch_up_microseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    overlap_policy = table.Column<int>(type: "INTEGER", nullable: false),
                    template = table.Column<string>(type: "TEXT", nullable: true),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true),
                    look_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_recurrences", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_unfinished_key",
                table: "switchyard_jobs",
                column: "concurrency_key",
                filter: "finished_at is null and concurrency_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_occurrences_oldest",
                table: "switchyard_occurrences",
                column: "recorded_at");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_recurrences_due",
                table: "switchyard_recurrences",
                columns: new[] { "look_at", "id" },
                filter: "enabled and look_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_recurrences_kind",
                table: "switchyard_recurrences",
                columns: new[] { "kind", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "switchyard_occurrences");

            migrationBuilder.DropTable(
                name: "switchyard_recurrence_revisions");

            migrationBuilder.DropTable(
                name: "switchyard_recurrence_targets");

            migrationBuilder.DropTable(
                name: "switchyard_recurrences");

            migrationBuilder.DropIndex(
                name: "ix_switchyard_jobs_unfinished_key",
                table: "switchyard_jobs");
        }
    }
}
