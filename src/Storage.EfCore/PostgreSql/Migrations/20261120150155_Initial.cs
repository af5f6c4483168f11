using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Switchyard.Storage.EfCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "switchyard");

            // The one clock of leases and due times; tests replace it. It stands still within a statement, so that an index can be
            // compared with it, and moves on within a transaction, as now() would not.
            migrationBuilder.Sql(
                "create or replace function switchyard.switchyard_now() returns timestamptz language sql stable parallel safe as 'select statement_timestamp()';");

            migrationBuilder.CreateTable(
                name: "ingest_jobs",
                schema: "switchyard",
                columns: table => new
                {
                    uid = table.Column<Guid>(type: "uuid", nullable: false),
                    partner = table.Column<string>(type: "text", nullable: false),
                    tenant = table.Column<string>(type: "text", nullable: false),
                    bundle = table.Column<string>(type: "text", nullable: false),
                    school_year = table.Column<string>(type: "text", nullable: false),
                    @params = table.Column<string>(name: "params", type: "text", nullable: false),
                    bundle_snapshot = table.Column<string>(type: "text", nullable: false),
                    storage_prefix = table.Column<string>(type: "text", nullable: false),
                    client_issuer = table.Column<string>(type: "text", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: true),
                    client_name = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ingest_jobs", x => x.uid);
                });

            migrationBuilder.CreateTable(
                name: "ingest_keys",
                schema: "switchyard",
                columns: table => new
                {
                    issuer = table.Column<string>(type: "text", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    body_hash = table.Column<string>(type: "text", nullable: false),
                    job_uid = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ingest_keys", x => new { x.issuer, x.client_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "job_journals",
                schema: "switchyard",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token = table.Column<long>(type: "bigint", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    percent = table.Column<double>(type: "double precision", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true),
                    lines = table.Column<string>(type: "text", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_journals", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "job_kinds",
                schema: "switchyard",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    limited = table.Column<bool>(type: "boolean", nullable: false),
                    max_running = table.Column<int>(type: "integer", nullable: true),
                    max_running_per_key = table.Column<int>(type: "integer", nullable: true),
                    rate_starts = table.Column<int>(type: "integer", nullable: true),
                    rate_per_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    rate_tokens = table.Column<long>(type: "bigint", nullable: false),
                    rate_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paused_by = table.Column<string>(type: "text", nullable: true),
                    pause_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_kinds", x => x.kind);
                });

            migrationBuilder.CreateTable(
                name: "job_nodes",
                schema: "switchyard",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    kinds = table.Column<string>(type: "text", nullable: false),
                    concurrency = table.Column<int>(type: "integer", nullable: false),
                    running = table.Column<int>(type: "integer", nullable: false),
                    buffered = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_nodes", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "job_operations",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_operations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "job_tallies",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_tallies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    available_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    max_attempts = table.Column<int>(type: "integer", nullable: false),
                    timeout_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    lease_owner = table.Column<string>(type: "text", nullable: true),
                    lease_token = table.Column<long>(type: "bigint", nullable: false),
                    lease_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    started = table.Column<bool>(type: "boolean", nullable: false),
                    leases_lost = table.Column<int>(type: "integer", nullable: false),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    dedupe_key = table.Column<string>(type: "text", nullable: true),
                    concurrency_key = table.Column<string>(type: "text", nullable: true),
                    root_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    traceparent = table.Column<string>(type: "text", nullable: true),
                    on_failure_kind = table.Column<string>(type: "text", nullable: true),
                    on_failure_payload = table.Column<string>(type: "text", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    error_type = table.Column<string>(type: "text", nullable: true),
                    dedupe_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    key_held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    key_held_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partners",
                schema: "switchyard",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "ingest_files",
                schema: "switchyard",
                columns: table => new
                {
                    job_uid = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    object_key = table.Column<string>(type: "text", nullable: false),
                    frozen_key = table.Column<string>(type: "text", nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ingest_files", x => new { x.job_uid, x.key });
                    table.ForeignKey(
                        name: "FK_ingest_files_ingest_jobs_job_uid",
                        column: x => x.job_uid,
                        principalSchema: "switchyard",
                        principalTable: "ingest_jobs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ingest_runs",
                schema: "switchyard",
                columns: table => new
                {
                    uid = table.Column<Guid>(type: "uuid", nullable: false),
                    job_uid = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    engine = table.Column<string>(type: "text", nullable: true),
                    summary = table.Column<string>(type: "text", nullable: true),
                    unmatched_ids = table.Column<string>(type: "text", nullable: true),
                    log_tail = table.Column<string>(type: "text", nullable: true),
                    fence = table.Column<long>(type: "bigint", nullable: false),
                    waiting = table.Column<bool>(type: "boolean", nullable: false),
                    initialized_fence = table.Column<long>(type: "bigint", nullable: true),
                    handed_out_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    output_files = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ingest_runs", x => x.uid);
                    table.ForeignKey(
                        name: "FK_ingest_runs_ingest_jobs_job_uid",
                        column: x => x.job_uid,
                        principalSchema: "switchyard",
                        principalTable: "ingest_jobs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "partner_bundles",
                schema: "switchyard",
                columns: table => new
                {
                    partner = table.Column<string>(type: "text", nullable: false),
                    bundle = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_bundles", x => new { x.partner, x.bundle });
                    table.ForeignKey(
                        name: "FK_partner_bundles_partners_partner",
                        column: x => x.partner,
                        principalSchema: "switchyard",
                        principalTable: "partners",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "partner_ods",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    partner = table.Column<string>(type: "text", nullable: false),
                    tenant = table.Column<string>(type: "text", nullable: false),
                    school_year = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    client_id_variable = table.Column<string>(type: "text", nullable: true),
                    client_secret_variable = table.Column<string>(type: "text", nullable: true),
                    retired = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_ods", x => x.id);
                    table.ForeignKey(
                        name: "FK_partner_ods_partners_partner",
                        column: x => x.partner,
                        principalSchema: "switchyard",
                        principalTable: "partners",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "partner_tenants",
                schema: "switchyard",
                columns: table => new
                {
                    partner = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_tenants", x => new { x.partner, x.code });
                    table.ForeignKey(
                        name: "FK_partner_tenants_partners_partner",
                        column: x => x.partner,
                        principalSchema: "switchyard",
                        principalTable: "partners",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ingest_run_errors",
                schema: "switchyard",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    run_uid = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ingest_run_errors", x => x.id);
                    table.ForeignKey(
                        name: "FK_ingest_run_errors_ingest_runs_run_uid",
                        column: x => x.run_uid,
                        principalSchema: "switchyard",
                        principalTable: "ingest_runs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ingest_run_updates",
                schema: "switchyard",
                columns: table => new
                {
                    run_uid = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ingest_run_updates", x => new { x.run_uid, x.action, x.state });
                    table.ForeignKey(
                        name: "FK_ingest_run_updates_ingest_runs_run_uid",
                        column: x => x.run_uid,
                        principalSchema: "switchyard",
                        principalTable: "ingest_runs",
                        principalColumn: "uid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_jobs_newest",
                schema: "switchyard",
                table: "ingest_jobs",
                columns: new[] { "partner", "created_at", "uid" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_keys_age",
                schema: "switchyard",
                table: "ingest_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_run_errors_run",
                schema: "switchyard",
                table: "ingest_run_errors",
                column: "run_uid");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_ingest_runs_waiting",
                schema: "switchyard",
                table: "ingest_runs",
                columns: new[] { "created_at", "uid" },
                filter: "waiting");

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_ingest_runs_number",
                schema: "switchyard",
                table: "ingest_runs",
                columns: new[] { "job_uid", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_ingest_runs_unfinished",
                schema: "switchyard",
                table: "ingest_runs",
                column: "job_uid",
                unique: true,
                filter: "finished_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_job_operations_latest",
                schema: "switchyard",
                table: "job_operations",
                columns: new[] { "at", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_chain",
                schema: "switchyard",
                table: "jobs",
                columns: new[] { "root_id", "parent_id" },
                filter: "root_id <> id");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_due",
                schema: "switchyard",
                table: "jobs",
                columns: new[] { "priority", "available_at", "id" },
                descending: new[] { true, false, false },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_ended_concurrency",
                schema: "switchyard",
                table: "jobs",
                columns: new[] { "concurrency_key", "id" },
                filter: "finished_at is not null and concurrency_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_ended_dedupe",
                schema: "switchyard",
                table: "jobs",
                columns: new[] { "dedupe_key", "id" },
                filter: "finished_at is not null and dedupe_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_leases",
                schema: "switchyard",
                table: "jobs",
                column: "lease_expires_at",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_oldest_ended",
                schema: "switchyard",
                table: "jobs",
                column: "finished_at",
                filter: "state in (2, 5)");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_oldest_failed",
                schema: "switchyard",
                table: "jobs",
                column: "finished_at",
                filter: "state in (3, 4)");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_suspects",
                schema: "switchyard",
                table: "jobs",
                column: "available_at",
                filter: "leases_lost > 0 and finished_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_jobs_troubles",
                schema: "switchyard",
                table: "jobs",
                columns: new[] { "state", "id", "kind" },
                filter: "state in (3, 4, 5)");

            migrationBuilder.CreateIndex(
                name: "ux_switchyard_jobs_dedupe",
                schema: "switchyard",
                table: "jobs",
                columns: new[] { "kind", "dedupe_key" },
                unique: true,
                filter: "dedupe_key is not null and (finished_at is null or key_held_until is not null)");

            migrationBuilder.CreateIndex(
                name: "ix_switchyard_partner_ods_target",
                schema: "switchyard",
                table: "partner_ods",
                columns: new[] { "partner", "tenant", "school_year" });

            // A job's row changes three times and leaves its indexes when it ends: vacuum early, and leave room in the pages.
            migrationBuilder.Sql(
                "alter table switchyard.jobs set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_limit = 2000, autovacuum_analyze_scale_factor = 0.05);");

            // Every claim of a kind with a rate changes its row, in place where its page has room.
            migrationBuilder.Sql("alter table switchyard.job_kinds set (fillfactor = 50);");

            // Some kinds fail more often than others: without this the planner takes the jobs of such a kind in such a state for few.
            migrationBuilder.Sql("create statistics switchyard.jobs_kind_state (mcv) on kind, state from switchyard.jobs;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function switchyard.switchyard_now();");

            migrationBuilder.DropTable(
                name: "ingest_files",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "ingest_keys",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "ingest_run_errors",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "ingest_run_updates",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "job_journals",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "job_kinds",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "job_nodes",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "job_operations",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "job_tallies",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "jobs",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "partner_bundles",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "partner_ods",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "partner_tenants",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "ingest_runs",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "partners",
                schema: "switchyard");

            migrationBuilder.DropTable(
                name: "ingest_jobs",
                schema: "switchyard");
        }
    }
}
