using System.Data.Common;
using System.Globalization;
using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Databases;

/// <summary>The database under attack, as the rig sees it: by plain SQL, and never through the packages that it judges.</summary>
internal abstract class RigDatabase : IAsyncDisposable
{
    private const string ReadAudit = """
        select seq, at, job_id, old_state, old_token, old_owner, old_attempt, old_finished, new_state, new_token, new_owner, new_attempt, new_finished
        from rig_audit order by seq
        """;

    public abstract string Name { get; }

    protected abstract string Jobs { get; }

    /// <summary>Gets the statements that make the rig's own tables and the trigger that notes every write of a job.</summary>
    protected abstract string Schema { get; }

    /// <summary>Gets what a node's process is told to connect to.</summary>
    public abstract string AddressFor(int node);

    public abstract ValueTask DisposeAsync();

    public Task PrepareAsync() => ExecuteAsync(Schema);

    public async Task<long> CountAsync(string where) =>
        (await ReadAsync($"select count(*) from {Jobs} where {where}", row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture)))[0];

    public Task<List<JobRow>> ReadJobsAsync() => ReadAsync(
        $"select cast(id as text), kind, state, attempt, max_attempts, lease_token, cast(parent_id as text) from {Jobs}",
        row => new JobRow(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5), Text(row, 6)));

    public Task<List<AuditRow>> ReadAuditAsync() => ReadAsync(
        ReadAudit, row => new AuditRow(row.GetInt64(0), RigClock.FromWall(row.GetInt64(1)), row.GetString(2), State(row, 3), State(row, 8)));

    public Task<List<EffectRow>> ReadEffectsAsync() =>
        ReadAsync("select job_id, token, node from rig_effects", row => new EffectRow(row.GetString(0), row.GetInt64(1), row.GetString(2)));

    public Task<List<string>> ReadOrdersAsync() => ReadAsync("select job_id from rig_orders", row => row.GetString(0));

    protected abstract Task<DbConnection> OpenAsync();

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static RowState? State(DbDataReader row, int at) =>
        row.IsDBNull(at) ? null : new RowState(row.GetInt32(at), row.GetInt64(at + 1), Text(row, at + 2), row.GetInt32(at + 3), Text(row, at + 4));

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
