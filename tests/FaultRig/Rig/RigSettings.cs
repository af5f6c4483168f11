using System.Globalization;

namespace Switchyard.FaultRig;

/// <summary>How a run goes.</summary>
internal sealed record RigSettings
{
    /// <summary>Gets how long faults go on; <see langword="null"/> for one round of the plan, which is the sample.</summary>
    public TimeSpan? Length { get; init; }

    public int Seed { get; init; } = Environment.TickCount & 0xFFFFFF;

    /// <summary>Gets the folder of journals, logs and reports; made where it isn't there.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "switchyard-fault-rig");

    /// <summary>Gets how long the sample attacks at the most: on a machine that is busy it does less of everything.</summary>
    public TimeSpan LongestSample { get; init; } = TimeSpan.FromSeconds(110);

    /// <summary>Gets how long the leases of the workers last.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Gets how much longer than lease and poll a busy machine may take to run an orphan again.</summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets how long after the last fault everything must have ended.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Gets whether every failpoint must be passed and fired, rather than some of them.</summary>
    public bool IsFull => Length is not null;

    /// <summary>Lengthens the lease on a machine where even to start a process and make the tables takes longer, up to 12 seconds.</summary>
    public RigSettings PacedBy(TimeSpan start) => this with { Lease = TimeSpan.FromSeconds(Math.Round(Math.Clamp(start.TotalSeconds, Lease.TotalSeconds, 12))) };

    /// <summary>Reads <c>SWITCHYARD_RIG</c> (<c>full</c> or minutes) and <c>SWITCHYARD_RIG_REPORT</c> (a folder).</summary>
    public static RigSettings FromEnvironment()
    {
        var settings = new RigSettings();
        var length = Environment.GetEnvironmentVariable("SWITCHYARD_RIG");
        var folder = Environment.GetEnvironmentVariable("SWITCHYARD_RIG_REPORT");
        return settings with
        {
            Length = string.IsNullOrEmpty(length) ? null : TimeSpan.FromMinutes(length == "full" ? 30 : double.Parse(length, CultureInfo.InvariantCulture)),
            Folder = string.IsNullOrEmpty(folder) ? settings.Folder : folder,
        };
    }
}
