using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Holds the statements of the calls that clients wait for, one round trip each; everything rarer is left to EF Core.</summary>
internal sealed class IngestSql
{
    private static readonly ConditionalWeakTable<SwitchyardDialect, IngestSql> Cache = [];

    private static readonly SqlColumn[] FrozenColumns = [new("p_key", SqlType.Text), new("p_frozen", SqlType.Text), new("p_size", SqlType.BigNumber)];

    private static readonly SqlColumn[] FileColumns =
        [new("p_key", SqlType.Text), new("p_name", SqlType.Text), new("p_object", SqlType.Text), new("p_frozen", SqlType.Text), new("p_size", SqlType.BigNumber)];

    private IngestSql(SwitchyardDialect dialect)
    {
        var (jobs, files, runs) = (dialect.Table("ingest_jobs"), dialect.Table("ingest_files"), dialect.Table("ingest_runs"));
        FindTarget = $"""
            select exists (select 1 from {dialect.Table("partner_tenants")} t where t.partner = p.code and t.code = @tenant),
              exists (select 1 from {dialect.Table("partner_bundles")} b where b.partner = p.code and b.bundle = @bundle),
              o.tenant, o.school_year, o.url, o.client_id_variable, o.client_secret_variable, o.retired
            from {dialect.Table("partners")} p
            left join {dialect.Table("partner_ods")} o on o.partner = p.code and o.tenant = @tenant and o.school_year = @year and not o.retired
            where p.code = @partner order by o.id
            """;
        FindNew = $"""
            select j.partner, j.tenant, j.bundle, j.school_year, j.params, j.bundle_snapshot, j.storage_prefix, j.client_issuer, j.client_id,
              j.client_name, j.created_at, exists (select 1 from {runs} r where r.job_uid = j.uid), f.key, f.name, f.object_key, f.frozen_key, f.size
            from {jobs} j left join {files} f on f.job_uid = j.uid where j.uid = @uid
            """;
        Create = $"""
            insert into {jobs} (uid, partner, tenant, bundle, school_year, params, bundle_snapshot, storage_prefix, client_issuer, client_id, client_name, created_at)
            values (@uid, @partner, @tenant, @bundle, @year, @params, @snapshot, @prefix, @issuer, @client, @name, @at);
            insert into {files} (job_uid, key, name, object_key, frozen_key, size) select @uid, p_key, p_name, p_object, p_frozen, p_size from {dialect.RowsSource(Files())}
            """;

        // The table's constraints judge it: whether there is a run, or another froze the files, is asked only once they have refused
        // a row. Files frozen by another leave the run without a number.
        var rows = dialect.RowsSource(Frozen());
        var open = $"select 1 from {files} where job_uid = @job and key in (select p_key from {rows}) and frozen_key is null{dialect.ForUpdate}";
        Start = $"""
            insert into {runs} (uid, job_uid, number, status, created_at, fence, waiting)
            select @run, @job, case when (select count(*) from ({open}) f) = @files then coalesce(max(number), 0) + 1 end, 0, @at, 0, false
            from {runs} where job_uid = @job;
            update {files} set frozen_key = p_frozen, size = p_size from {rows} where job_uid = @job and key = p_key and frozen_key is null
            """;
    }

    public string FindTarget { get; }

    public string FindNew { get; }

    public string Create { get; }

    public string Start { get; }

    public static IngestSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new IngestSql(key));

    public static SqlRows Files() => new("files", FileColumns);

    public static SqlRows Frozen() => new("frozen", FrozenColumns);
}
