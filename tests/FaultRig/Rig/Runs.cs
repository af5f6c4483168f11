using Switchyard.FaultRig.Databases;
using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig;

/// <summary>The three runs that there are.</summary>
internal static class Runs
{
    public static async Task<RunHistory> OnPostgreSqlAsync(RigSettings settings)
    {
        // A proxy for each worker, and one for the submitter.
        await using var database = await PostgreSqlRigDatabase.CreateAsync(nodes: 4);
        return await new RigRun(settings, database, RigPlan.PostgreSql(database)).RunAsync();
    }

    public static async Task<RunHistory> OnSqliteAsync(RigSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("switchyard-rig-").FullName;
        await using var database = new SqliteRigDatabase(folder);
        var history = await new RigRun(settings, database, RigPlan.Sqlite()).RunAsync();
        Directory.Delete(folder, recursive: true);
        return history;
    }

    /// <summary>Runs on a volume that is full now and then; where none can be mounted, under a limit on the size of files.</summary>
    public static async Task<RunHistory> OnSmallDiskAsync(RigSettings settings)
    {
        using var disk = SmallDisk.TryMount();
        var folder = disk?.Folder ?? Directory.CreateTempSubdirectory("switchyard-rig-").FullName;
        await using var database = new SqliteRigDatabase(folder, disk is null ? "SQLite, limited files" : "SQLite, small disk");
        return await new RigRun(settings, database, RigPlan.SqliteOnSmallDisk(folder, mounted: disk is not null)).RunAsync();
    }
}
