using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Commands;

/// <summary>Counts what was run.</summary>
internal sealed class Report
{
    public int Seeds { get; set; }

    public long Runs { get; set; }

    public long Calls { get; set; }

    public long Faults { get; set; }

    public double VirtualHours { get; set; }

    /// <summary>Gets or sets in how many seeds each thing happened that a history should meet now and then.</summary>
    public Dictionary<string, int> SeedsWith { get; set; } = [];

    public ulong FailedSeed { get; set; }

    public string? Failure { get; set; }

    public void Add(History history)
    {
        Seeds++;
        Runs += history.Runs.Count;
        Calls += history.Calls.Count;
        Faults += history.Faults.Values.Sum();
        VirtualHours += history.EndedAt.TotalHours;
        foreach (var (name, isMet) in Coverage.Of(history))
        {
            SeedsWith[name] = SeedsWith.GetValueOrDefault(name) + (isMet ? 1 : 0);
        }
    }

    public void Add(Report other)
    {
        Seeds += other.Seeds;
        Runs += other.Runs;
        Calls += other.Calls;
        Faults += other.Faults;
        VirtualHours += other.VirtualHours;
        foreach (var (name, count) in other.SeedsWith)
        {
            SeedsWith[name] = SeedsWith.GetValueOrDefault(name) + count;
        }

        if (other.Failure is not null && (Failure is null || other.FailedSeed < FailedSeed))
        {
            (Failure, FailedSeed) = (other.Failure, other.FailedSeed);
        }
    }
}
