namespace Switchyard.Benchmarks.Jobs;

/// <summary>Holds what the comparators did on a quiet machine with two cores, where the bounds were set.</summary>
internal static class Limits
{
    /// <summary>Claim and complete 500 over four connections, jobs a second.</summary>
    public const double PostgresDrain = 112_310;

    /// <summary>Claim and complete 100 with one writer, jobs a second.</summary>
    public const double SqliteDrain = 107_245;

    /// <summary>One INSERT a commit over one connection, jobs a second.</summary>
    public const double PostgresInsert = 3_278;

    /// <summary>One INSERT a commit over ten connections, jobs a second.</summary>
    public const double PostgresInsertTen = 10_749;

    /// <summary>A thousand jobs an INSERT over one connection, jobs a second.</summary>
    public const double PostgresInsertMany = 233_083;

    /// <summary>One INSERT a commit, jobs a second.</summary>
    public const double SqliteInsert = 5_530;

    /// <summary>Half of the pickups at 100 jobs a second, in milliseconds.</summary>
    public const double PickupMedian = 1.24;

    /// <summary>99 of 100 pickups at 100 jobs a second, in milliseconds.</summary>
    public const double PickupTail = 4.5;
}
