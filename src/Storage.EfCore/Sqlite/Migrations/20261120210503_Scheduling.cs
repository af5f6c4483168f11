using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Switchyard.Storage.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Scheduling : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "switchyard_accounts",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_execution_tallies",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    account_id = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    timed = table.Column<long>(type: "INTEGER", nullable: false),
                    duration_microseconds = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_execution_tallies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_executions",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    root_id = table.Column<string>(type: "TEXT", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    schedule_id = table.Column<string>(type: "TEXT", nullable: false),
                    webhook_id = table.Column<string>(type: "TEXT", nullable: true),
                    cause = table.Column<int>(type: "INTEGER", nullable: false),
                    outcome = table.Column<int>(type: "INTEGER", nullable: true),
                    scheduled_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    worker_id = table.Column<string>(type: "TEXT", nullable: true),
                    status_code = table.Column<int>(type: "INTEGER", nullable: true),
                    answer_headers = table.Column<string>(type: "TEXT", nullable: true),
                    answer_body = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_executions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_schedules",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    account_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_schedules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_scheduling_audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    schedule_id = table.Column<string>(type: "TEXT", nullable: false),
                    execution_id = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    from_at = table.Column<long>(type: "INTEGER", nullable: true),
                    to_at = table.Column<long>(type: "INTEGER", nullable: true),
                    replayed = table.Column<int>(type: "INTEGER", nullable: false),
                    matched = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_scheduling_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_webhooks",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    schedule_id = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_headers = table.Column<string>(type: "TEXT", nullable: true),
                    query_params = table.Column<string>(type: "TEXT", nullable: true),
                    body_template = table.Column<string>(type: "TEXT", nullable: true),
                    timeout_microseconds = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_secret = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_old_secret = table.Column<string>(type: "TEXT", nullable: true),
                    old_secret_until = table.Column<long>(type: "INTEGER", nullable: true),
                    disabled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    disabled_reason = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_webhooks", x => x.id);
                    table.ForeignKey(
                        name: "FK_switchyard_webhooks_switchyard_schedules_schedule_id",
                        column: x => x.schedule_id,
                        principalTable: "switchyard_schedules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_accounts_owner",
                table: "switchyard_accounts",
                columns: new[] { "owner", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_execution_tallies_account",
                table: "switchyard_execution_tallies",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_executions_newest",
                table: "switchyard_executions",
                columns: new[] { "schedule_id", "created_at", "id" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_executions_oldest_ended",
                table: "switchyard_executions",
                column: "finished_at",
                filter: "finished_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_executions_outcome",
                table: "switchyard_executions",
                columns: new[] { "schedule_id", "outcome", "created_at", "id" },
                descending: new[] { false, false, true, false });

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_executions_attempt",
                table: "switchyard_executions",
                columns: new[] { "root_id", "attempt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_schedules_enabled",
                table: "switchyard_schedules",
                columns: new[] { "account_id", "enabled", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_schedules_oldest",
                table: "switchyard_schedules",
                columns: new[] { "account_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_webhooks_oldest",
                table: "switchyard_webhooks",
                columns: new[] { "schedule_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "switchyard_accounts");

            migrationBuilder.DropTable(
                name: "switchyard_execution_tallies");

            migrationBuilder.DropTable(
                name: "switchyard_executions");

            migrationBuilder.DropTable(
                name: "switchyard_scheduling_audit");

            migrationBuilder.DropTable(
                name: "switchyard_webhooks");

            migrationBuilder.DropTable(
                name: "switchyard_schedules");
        }
    }
}
