using Switchyard.FaultRig.Databases;
using Switchyard.FaultRig.Faults;

namespace Switchyard.FaultRig;

/// <summary>How many nodes there are, what they are given to do, and what one round of faults is.</summary>
/// <param name="Workers">How many processes run jobs.</param>
/// <param name="Concurrency">How many handlers each runs at once.</param>
/// <param name="Rate">How many jobs a second are enqueued.</param>
/// <param name="Faults">The faults of a round, in any order.</param>
internal sealed record RigPlan(int Workers, int Concurrency, int Rate, IReadOnlyList<IFault> Faults)
{
    public static RigPlan PostgreSql(PostgreSqlRigDatabase database) => new(3, 16, 5,
    [
        .. Times(new Kill(), 12), new KillAll(), new KillSubmitter(), .. Times(new Pause(), 3), .. Times(new RollingStop(), 3), .. Times(new PoisonJob(), 2),
        .. Times(new ServerCrash(database), 2), .. Times(new TerminateBackends(database), 3), new KillBackend(database),
        .. Times(new DropCommitReplies(database), 4), .. Times(new CutConnections(database), 2), .. Times(new Partition(database), 2),
    ]);

    public static RigPlan Sqlite() => new(2, 16, 4,
    [
        .. Times(new Kill(), 12), new KillAll(), new KillSubmitter(), .. Times(new Pause(), 3), .. Times(new RollingStop(), 3), new PoisonJob(),
    ]);

    /// <param name="folder">Where the database lies.</param>
    /// <param name="mounted">Whether that is a small volume, which can be filled.</param>
    public static RigPlan SqliteOnSmallDisk(string folder, bool mounted) =>
        new(1, 16, 3, [.. Times(mounted ? new DiskFull(folder) : new FileSizeLimit(folder), 3), .. Times(new Kill(), 2)]);

    /// <summary>Shuffles the faults of a round: each kind once, and then the rest, so that a round that is cut short has met every kind.</summary>
    public IReadOnlyList<IFault> Round(Random random)
    {
        var first = Faults.Distinct().ToArray();
        var rest = Faults.GroupBy(fault => fault).SelectMany(group => group.Skip(1)).ToArray();
        random.Shuffle(first);
        random.Shuffle(rest);
        return [.. first, .. rest];
    }

    private static IEnumerable<IFault> Times(IFault fault, int count) => Enumerable.Repeat(fault, count);
}
