using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Switchyard.Storage.EfCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal partial class Scheduling : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "execution_tallies",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    timed = table.Column<long>(type: "bigint", nullable: false),
                    duration_microseconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_execution_tallies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "executions",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    root_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cause = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<int>(type: "integer", nullable: true),
                    scheduled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    worker_id = table.Column<string>(type: "text", nullable: true),
                    status_code = table.Column<int>(type: "integer", nullable: true),
                    answer_headers = table.Column<string>(type: "text", nullable: true),
                    answer_body = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_executions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_audit",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    execution_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: true),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    replayed = table.Column<int>(type: "integer", nullable: false),
                    matched = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    sealed_headers = table.Column<string>(type: "text", nullable: true),
                    query_params = table.Column<string>(type: "text", nullable: true),
                    body_template = table.Column<string>(type: "text", nullable: true),
                    timeout_microseconds = table.Column<long>(type: "bigint", nullable: false),
                    sealed_secret = table.Column<string>(type: "text", nullable: false),
                    sealed_old_secret = table.Column<string>(type: "text", nullable: true),
                    old_secret_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    disabled_reason = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhooks", x => x.id);
                    table.ForeignKey(
                        name: "FK_webhooks_schedules_schedule_id",
                        column: x => x.schedule_id,
                        principalSchema: "switchyard",
                        principalTable: "schedules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_accounts_owner",
                schema: "switchyard",
                table: "accounts",
                columns: new[] { "owner", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_execution_tallies_account",
                schema: "switchyard",
                table: "execution_tallies",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_executions_newest",
                schema: "switchyard",
                table: "executions",
                columns: new[] { "schedule_id", "created_at", "id" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_executions_oldest_ended",
                schema: "switchyard",
                table: "executions",
                column: "finished_at",
                filter: "finished_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_executions_outcome",
                schema: "switchyard",
                table: "executions",
                columns: new[] { "schedule_id", "outcome", "created_at", "id" },
                descending: new[] { false, false, true, false });

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_executions_attempt",
                schema: "switchyard",
                table: "executions",
                columns: new[] { "root_id", "attempt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_schedules_enabled",
                schema: "switchyard",
                table: "schedules",
                columns: new[] { "account_id", "enabled", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_schedules_oldest",
                schema: "switchyard",
                table: "schedules",
                columns: new[] { "account_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_webhooks_oldest",
                schema: "switchyard",
                table: "webhooks",
                columns: new[] { "schedule_id", "created_at", "id" });

            // An execution's row changes twice, once in place where its page has room: vacuum early, as jobs are.
            migrationBuilder.Sql(
                "alter table switchyard.executions set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_limit = 2000, autovacuum_analyze_scale_factor = 0.05);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "execution_tallies",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "executions",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "scheduling_audit",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "webhooks",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "schedules",
                schema: "switchyard");
        }
    }
}
