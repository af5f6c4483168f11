using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Tests.Checking;

/// <summary>A small history in which everything went as promised, though much went wrong; times are in seconds.</summary>
internal static class ValidHistory
{
    public static RunHistory Make() => new()
    {
        Settings = new RigSettings { Length = TimeSpan.FromMinutes(1), Slack = TimeSpan.FromSeconds(5) },
        Database = "a test",
        Lives = [Killed("node0-1", 20, "a", "slow"), Poisoned("node1-1", 40, 1, 1), Poisoned("node1-2", 50, 3, 2), Poisoned("node1-3", 60, 5, 3), Stopped(), Last(), Submitter()],
        Jobs =
        [
            new("a", "quick", 2, 1, 30, 1, null), new("slow", "slow", 2, 2, 30, 3, null), new("p", "poison", 4, 3, 3, 6, null), new("p1", "link", 2, 1, 30, 1, "p"),
            new("c", "chain", 2, 1, 30, 1, null), new("c1", "link", 2, 1, 30, 1, "c"), new("o", "order", 2, 1, 30, 2, null),
        ],
        Audit = Ordered(
        [
            .. Simple("a", 2, 3, 1, "node0-1"),
            Born("slow", 1), Claim("slow", 4, 0, 1, "node0-1", 0), TakeBack("slow", 24, 1, "node0-1", 1), Claim("slow", 24.1, 2, 3, "node2-2", 1), End("slow", 30, 3, "node2-2", 2),
            Born("p", 30), Claim("p", 31, 0, 1, "node1-1", 0), TakeBack("p", 44, 1, "node1-1", 1), Claim("p", 45, 2, 3, "node1-2", 1), TakeBack("p", 54, 3, "node1-2", 2),
            Claim("p", 55, 4, 5, "node1-3", 2), new(0, At(64), "p", new(1, 5, "node1-3", 3, null), new(4, 6, null, 3, "64")),
            .. Simple("c", 31, 32, 1, "node2-2"), .. Simple("c1", 33, 34, 1, "node2-2"), .. Simple("p1", 66, 67, 1, "node2-2"),
            Born("o", 5), Claim("o", 6, 0, 1, "node2-1", 0), new(0, At(8.5), "o", new(1, 1, "node2-1", 1, null), new(0, 1, null, 0, null)), Claim("o", 9, 1, 2, "node2-2", 0), End("o", 10, 2, "node2-2", 1),
        ]),
        Effects = [new("a", 1, "node0-1"), new("slow", 3, "node2-2"), new("p1", 1, "node2-2"), new("c", 1, "node2-2"), new("c1", 1, "node2-2"), new("o", 2, "node2-2")],
        Orders = ["o"],
        Points = ["claim.before"],
    };

    public static long At(double seconds) => (long)(seconds * 1_000_000);

    public static JournalEvent Line(double at, string what, params string[] details) => new(At(at), what, details);

    public static AuditRow Claim(string job, double at, long from, long to, string owner, int attempt) =>
        new(0, At(at), job, new(0, from, null, attempt, null), new(1, to, owner, attempt + 1, null));

    public static AuditRow TakeBack(string job, double at, long token, string owner, int attempt) =>
        new(0, At(at), job, new(1, token, owner, attempt, null), new(0, token + 1, null, attempt, null));

    public static AuditRow End(string job, double at, long token, string owner, int attempt) =>
        new(0, At(at), job, new(1, token, owner, attempt, null), new(2, token, null, attempt, "then"));

    public static IReadOnlyList<AuditRow> Ordered(IEnumerable<AuditRow> rows) => [.. rows.OrderBy(row => row.At).Select((row, index) => row with { Order = index })];

    private static AuditRow Born(string job, double at) => new(0, At(at), job, null, new(0, 0, null, 0, null));

    private static AuditRow[] Simple(string job, double from, double to, long token, string owner) =>
        [Born(job, from - 1), Claim(job, from, token - 1, token, owner, 0), End(job, to, token, owner, 1)];

    private static Life Killed(string name, double at, string done, string held) => new()
    {
        Name = name,
        End = LifeEnd.Killed,
        EndedAt = At(at),
        StartTook = TimeSpan.FromSeconds(1),
        Events =
        [
            Line(1, "ready"), Line(1, "passed", "claim.before"), .. Run(2, 3, done, 1, 1), Line(4, "start", held, "1", "1"),
        ],
    };

    private static Life Poisoned(string name, double at, long token, int attempt) => new()
    {
        Name = name,
        End = LifeEnd.Poison,
        EndedAt = At(at),
        StartTook = TimeSpan.FromSeconds(1),
        Events = [Line(at - 9, "ready"), Line(at - 5, "start", "p", $"{token}", $"{attempt}")],
    };

    /// <summary>Was told to stop, and gave its one job back.</summary>
    private static Life Stopped() => new()
    {
        Name = "node2-1",
        End = LifeEnd.Stopped,
        EndedAt = At(7.5),
        StopTook = TimeSpan.FromSeconds(2),
        StartTook = TimeSpan.FromSeconds(1),
        Events =
        [
            Line(1, "ready"), Line(6, "start", "o", "1", "1"), Line(8.4, "end", "o", "1", "cancelled"), Line(8.6, "released", "o", "1"), Line(9, "fired", "claim.before", "Delay"),
        ],
    };

    /// <summary>Does what is left, and stops.</summary>
    private static Life Last() => new()
    {
        Name = "node2-2",
        End = LifeEnd.Stopped,
        EndedAt = At(90),
        StopTook = TimeSpan.FromSeconds(1),
        StartTook = TimeSpan.FromSeconds(1),
        Events =
        [
            Line(8.7, "ready"), .. Run(9, 10, "o", 2, 1), .. Run(24.2, 30, "slow", 3, 2), .. Run(31, 32, "c", 1, 1), .. Run(33, 34, "c1", 1, 1), .. Run(66, 67, "p1", 1, 1),
        ],
    };

    private static Life Submitter() => new()
    {
        Name = "submit-1",
        Works = false,
        End = LifeEnd.Stopped,
        EndedAt = At(80),
        Events = [.. new[] { ("a", "quick"), ("slow", "slow"), ("p", "poison"), ("c", "chain"), ("o", "order") }.Select(job => Line(1, "accepted", job.Item1, job.Item2, "created"))],
    };

    private static JournalEvent[] Run(double from, double to, string job, long token, int attempt) =>
    [
        Line(from, "start", job, $"{token}", $"{attempt}"), Line(to, "end", job, $"{token}", "Succeeded"), Line(to + 0.1, "settled", job, $"{token}", "Applied"),
    ];
}
