using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Switchyard.Storage.EfCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal partial class Recurring : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "occurrences",
                schema: "switchyard",
                columns: table => new
                {
                    recurrence_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    outcome = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_occurrences", x => new { x.recurrence_id, x.first_at });
                });

            migrationBuilder.CreateTable(
                name: "recurrence_revisions",
                schema: "switchyard",
                columns: table => new
                {
                    recurrence_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expression = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recurrence_revisions", x => new { x.recurrence_id, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "recurrence_targets",
                schema: "switchyard",
                columns: table => new
                {
                    recurrence_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recurrence_targets", x => new { x.recurrence_id, x.target_id });
                });

            migrationBuilder.CreateTable(
                name: "recurrences",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    expression = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    misfire_policy = table.Column<int>(type: "integer", nullable: false),
                    catch_up_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    overlap_policy = table.Column<int>(type: "integer", nullable: false),
                    template = table.Column<string>(type: "text", nullable: true),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    look_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recurrences", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_unfinished_key",
                schema: "switchyard",
                table: "jobs",
                column: "concurrency_key",
                filter: "finished_at is null and concurrency_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_occurrences_oldest",
                schema: "switchyard",
                table: "occurrences",
                column: "recorded_at");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_recurrences_due",
                schema: "switchyard",
                table: "recurrences",
                columns: new[] { "look_at", "id" },
                filter: "enabled and look_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_recurrences_kind",
                schema: "switchyard",
                table: "recurrences",
                columns: new[] { "kind", "id" });

            // Every firing moves its row along in the index of due ones: what it leaves there is swept up before ticks read through it.
            migrationBuilder.Sql(
                "alter table switchyard.recurrences set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_limit = 2000, autovacuum_analyze_scale_factor = 0.05);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "occurrences",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "recurrence_revisions",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "recurrence_targets",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "recurrences",
                schema: "switchyard");

            migrationBuilder.DropIndex(
                name: "ix_switchyard_jobs_unfinished_key",
                schema: "switchyard",
                table: "jobs");
        }
    }
}
