using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Switchyard.FaultRig.Databases;

/// <summary>A SQLite file that the nodes share.</summary>
internal sealed class SqliteRigDatabase(string folder, string name = "SQLite") : RigDatabase
{
    private const string Old = "old.state, old.lease_token, old.lease_owner, old.attempt, old.finished_at";
    private const string New = "new.state, new.lease_token, new.lease_owner, new.attempt, new.finished_at";
    private const string Now = "cast((julianday('now') - 2440587.5) * 86400000.0 as integer) * 1000";

    public override string Name => name;

    protected override string Jobs => "switchyard_jobs";

    protected override string Schema => $"""
        create table rig_effects (seq integer primary key autoincrement, job_id text not null, token integer not null, node text not null);
        create table rig_orders (job_id text primary key);
        create table rig_audit (
          seq integer primary key autoincrement, at integer not null, job_id text not null,
          old_state int, old_token integer, old_owner text, old_attempt int, old_finished text,
          new_state int, new_token integer, new_owner text, new_attempt int, new_finished text);
        create trigger rig_note_insert after insert on switchyard_jobs begin
          insert into rig_audit (at, job_id, new_state, new_token, new_owner, new_attempt, new_finished) values ({Now}, new.id, {New}); end;
        create trigger rig_note_delete after delete on switchyard_jobs begin
          insert into rig_audit (at, job_id, old_state, old_token, old_owner, old_attempt, old_finished) values ({Now}, old.id, {Old}); end;
        create trigger rig_note_update after update on switchyard_jobs when ({Old}) is not ({New}) begin
          insert into rig_audit (at, job_id, old_state, old_token, old_owner, old_attempt, old_finished, new_state, new_token, new_owner, new_attempt, new_finished)
          values ({Now}, new.id, {Old}, {New}); end;
        """;

    private string Source => $"Data Source={Path.Combine(folder, "rig.db")}";

    public override string AddressFor(int node) => "sqlite:" + Source;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection(Source + ";Pooling=false;Default Timeout=30");
        await connection.OpenAsync();
        return connection;
    }
}
