namespace Switchyard.Jobs;

/// <summary>Gives handlers somewhere to report to where nobody listens, as in their tests.</summary>
public static class JobProgress
{
    /// <summary>Gets what reports to nobody.</summary>
    public static IJobProgress None { get; } = new Nobody();

    private sealed class Nobody : IJobProgress
    {
        public void Report(double percent, string? message = null)
        {
        }

        public void Log(string line)
        {
        }
    }
}
