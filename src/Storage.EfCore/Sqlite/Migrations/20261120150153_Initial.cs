using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Switchyard.Storage.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "switchyard_ingest_jobs",
                columns: table => new
                {
                    uid = table.Column<string>(type: "TEXT", nullable: false),
                    partner = table.Column<string>(type: "TEXT", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    bundle = table.Column<string>(type: "TEXT", nullable: false),
                    school_year = table.Column<string>(type: "TEXT", nullable: false),
                    @params = table.Column<string>(name: "params", type: "TEXT", nullable: false),
                    bundle_snapshot = table.Column<string>(type: "TEXT", nullable: false),
                    storage_prefix = table.Column<string>(type: "TEXT", nullable: false),
                    client_issuer = table.Column<string>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: true),
                    client_name = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_ingest_jobs", x => x.uid);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_ingest_keys",
                columns: table => new
                {
                    issuer = table.Column<string>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    body_hash = table.Column<string>(type: "TEXT", nullable: false),
                    job_uid = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_ingest_keys", x => new { x.issuer, x.client_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "switchyard_job_journals",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "TEXT", nullable: false),
                    token = table.Column<long>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    percent = table.Column<double>(type: "REAL", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    lines = table.Column<string>(type: "TEXT", nullable: false),
                    written_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_job_journals", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_job_kinds",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    limited = table.Column<bool>(type: "INTEGER", nullable: false),
                    max_running = table.Column<int>(type: "INTEGER", nullable: true),
                    max_running_per_key = table.Column<int>(type: "INTEGER", nullable: true),
                    rate_starts = table.Column<int>(type: "INTEGER", nullable: true),
                    rate_per_microseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    rate_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    rate_at = table.Column<long>(type: "INTEGER", nullable: true),
                    paused_at = table.Column<long>(type: "INTEGER", nullable: true),
                    paused_by = table.Column<string>(type: "TEXT", nullable: true),
                    pause_reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_job_kinds", x => x.kind);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_job_nodes",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    kinds = table.Column<string>(type: "TEXT", nullable: false),
                    concurrency = table.Column<int>(type: "INTEGER", nullable: false),
                    running = table.Column<int>(type: "INTEGER", nullable: false),
                    buffered = table.Column<int>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_job_nodes", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_job_operations",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    target = table.Column<string>(type: "TEXT", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_job_operations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_job_tallies",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_job_tallies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_jobs",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    available_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    max_attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    timeout_microseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    lease_token = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    started = table.Column<bool>(type: "INTEGER", nullable: false),
                    leases_lost = table.Column<int>(type: "INTEGER", nullable: false),
                    cancel_requested = table.Column<bool>(type: "INTEGER", nullable: false),
                    dedupe_key = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_key = table.Column<string>(type: "TEXT", nullable: true),
                    root_id = table.Column<string>(type: "TEXT", nullable: false),
                    parent_id = table.Column<string>(type: "TEXT", nullable: true),
                    traceparent = table.Column<string>(type: "TEXT", nullable: true),
                    on_failure_kind = table.Column<string>(type: "TEXT", nullable: true),
                    on_failure_payload = table.Column<string>(type: "TEXT", nullable: true),
                    result = table.Column<string>(type: "TEXT", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true),
                    error_type = table.Column<string>(type: "TEXT", nullable: true),
                    dedupe_until = table.Column<long>(type: "INTEGER", nullable: true),
                    key_held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    key_held_by = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_partners",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_partners", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_ingest_files",
                columns: table => new
                {
                    job_uid = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    object_key = table.Column<string>(type: "TEXT", nullable: false),
                    frozen_key = table.Column<string>(type: "TEXT", nullable: true),
                    size = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_ingest_files", x => new { x.job_uid, x.key });
                    table.ForeignKey(
                        name: "FK_switchyard_ingest_files_switchyard_ingest_jobs_job_uid",
                        column: x => x.job_uid,
                        principalTable: "switchyard_ingest_jobs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_ingest_runs",
                columns: table => new
                {
                    uid = table.Column<string>(type: "TEXT", nullable: false),
                    job_uid = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    engine = table.Column<string>(type: "TEXT", nullable: true),
                    summary = table.Column<string>(type: "TEXT", nullable: true),
                    unmatched_ids = table.Column<string>(type: "TEXT", nullable: true),
                    log_tail = table.Column<string>(type: "TEXT", nullable: true),
                    fence = table.Column<long>(type: "INTEGER", nullable: false),
                    waiting = table.Column<bool>(type: "INTEGER", nullable: false),
                    initialized_fence = table.Column<long>(type: "INTEGER", nullable: true),
                    handed_out_at = table.Column<long>(type: "INTEGER", nullable: true),
                    output_files = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_ingest_runs", x => x.uid);
                    table.ForeignKey(
                        name: "FK_switchyard_ingest_runs_switchyard_ingest_jobs_job_uid",
                        column: x => x.job_uid,
                        principalTable: "switchyard_ingest_jobs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_partner_bundles",
                columns: table => new
                {
                    partner = table.Column<string>(type: "TEXT", nullable: false),
                    bundle = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_partner_bundles", x => new { x.partner, x.bundle });
                    table.ForeignKey(
                        name: "FK_switchyard_partner_bundles_switchyard_partners_partner",
                        column: x => x.partner,
                        principalTable: "switchyard_partners",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_partner_ods",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    partner = table.Column<string>(type: "TEXT", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    school_year = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    client_id_variable = table.Column<string>(type: "TEXT", nullable: true),
                    client_secret_variable = table.Column<string>(type: "TEXT", nullable: true),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_partner_ods", x => x.id);
                    table.ForeignKey(
                        name: "FK_switchyard_partner_ods_switchyard_partners_partner",
                        column: x => x.partner,
                        principalTable: "switchyard_partners",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_partner_tenants",
                columns: table => new
                {
                    partner = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_partner_tenants", x => new { x.partner, x.code });
                    table.ForeignKey(
                        name: "FK_switchyard_partner_tenants_switchyard_partners_partner",
                        column: x => x.partner,
                        principalTable: "switchyard_partners",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_ingest_run_errors",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    run_uid = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    message = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_ingest_run_errors", x => x.id);
                    table.ForeignKey(
                        name: "FK_switchyard_ingest_run_errors_switchyard_ingest_runs_run_uid",
                        column: x => x.run_uid,
                        principalTable: "switchyard_ingest_runs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "switchyard_ingest_run_updates",
                columns: table => new
                {
                    run_uid = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_switchyard_ingest_run_updates", x => new { x.run_uid, x.action, x.state });
                    table.ForeignKey(
                        name: "FK_switchyard_ingest_run_updates_switchyard_ingest_runs_run_uid",
                        column: x => x.run_uid,
                        principalTable: "switchyard_ingest_runs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_jobs_newest",
                table: "switchyard_ingest_jobs",
                columns: new[] { "partner", "created_at", "uid" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_keys_age",
                table: "switchyard_ingest_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_run_errors_run",
                table: "switchyard_ingest_run_errors",
                column: "run_uid");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_runs_waiting",
                table: "switchyard_ingest_runs",
                columns: new[] { "created_at", "uid" },
                filter: "waiting");

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_ingest_runs_number",
                table: "switchyard_ingest_runs",
                columns: new[] { "job_uid", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_ingest_runs_unfinished",
                table: "switchyard_ingest_runs",
                column: "job_uid",
                unique: true,
                filter: "finished_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_job_operations_latest",
                table: "switchyard_job_operations",
                columns: new[] { "at", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_chain",
                table: "switchyard_jobs",
                columns: new[] { "root_id", "parent_id" },
                filter: "root_id <> id");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_due",
                table: "switchyard_jobs",
                columns: new[] { "priority", "available_at", "id" },
                descending: new[] { true, false, false },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_ended_concurrency",
                table: "switchyard_jobs",
                columns: new[] { "concurrency_key", "id" },
                filter: "finished_at is not null and concurrency_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_ended_dedupe",
                table: "switchyard_jobs",
                columns: new[] { "dedupe_key", "id" },
                filter: "finished_at is not null and dedupe_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_leases",
                table: "switchyard_jobs",
                column: "lease_expires_at",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_oldest_ended",
                table: "switchyard_jobs",
                column: "finished_at",
                filter: "state in (2, 5)");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_oldest_failed",
                table: "switchyard_jobs",
                column: "finished_at",
                filter: "state in (3, 4)");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_suspects",
                table: "switchyard_jobs",
                column: "available_at",
                filter: "leases_lost > 0 and finished_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_troubles",
                table: "switchyard_jobs",
                columns: new[] { "state", "id", "kind" },
                filter: "state in (3, 4, 5)");

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_jobs_dedupe",
                table: "switchyard_jobs",
                columns: new[] { "kind", "dedupe_key" },
                unique: true,
                filter: "dedupe_key is not null and (finished_at is null or key_held_until is not null)");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_partner_ods_target",
                table: "switchyard_partner_ods",
                columns: new[] { "partner", "tenant", "school_year" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "switchyard_ingest_files");

            migrationBuilder.DropTable(
                name: "switchyard_ingest_keys");

            migrationBuilder.DropTable(
                name: "switchyard_ingest_run_errors");

            migrationBuilder.DropTable(
                name: "switchyard_ingest_run_updates");

            migrationBuilder.DropTable(
                name: "switchyard_job_journals");

            migrationBuilder.DropTable(
                name: "switchyard_job_kinds");

            migrationBuilder.DropTable(
                name: "switchyard_job_nodes");

            migrationBuilder.DropTable(
                name: "switchyard_job_operations");

            migrationBuilder.DropTable(
                name: "switchyard_job_tallies");

            migrationBuilder.DropTable(
                name: "switchyard_jobs");

            migrationBuilder.DropTable(
                name: "switchyard_partner_bundles");

            migrationBuilder.DropTable(
                name: "switchyard_partner_ods");

            migrationBuilder.DropTable(
                name: "switchyard_partner_tenants");

            migrationBuilder.DropTable(
                name: "switchyard_ingest_runs");

            migrationBuilder.DropTable(
                name: "switchyard_partners");

            migrationBuilder.DropTable(
                name: "switchyard_ingest_jobs");
        }
    }
}
