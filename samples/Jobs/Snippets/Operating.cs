using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace JobsSample.Snippets;

internal static class Operating
{
    public static async Task LimitAsync(IJobKindStore kinds, CancellationToken cancellationToken)
    {
        await kinds.SetLimitsAsync("post-letter", new JobKindLimits { MaxRunning = 20, MaxRunningPerKey = 1, Rate = new JobRateLimit(100, TimeSpan.FromMinutes(1)) }, cancellationToken);
    }

    public static async Task PauseAsync(IJobKindStore kinds, CancellationToken cancellationToken)
    {
        await kinds.PauseAsync("post-letter", "ada@example.org", "The post office is on strike.", cancellationToken);
        await kinds.ResumeAsync("post-letter", "ada@example.org", "The strike is over.", cancellationToken);
    }

    public static async Task ReplayAsync(IJobAdmin admin, CancellationToken cancellationToken)
    {
        var filter = new JobFilter { Kinds = ["post-letter"], States = [JobState.DeadLetter], ErrorType = JobErrorTypes.TimedOut };
        var options = new JobBulkOptions { Actor = "ada@example.org", Reason = "The post office is open again.", DryRun = true };
        var would = await admin.ReplayAsync(filter, options, cancellationToken);
        Console.WriteLine($"{would.Matched} letters would be posted again");

        await admin.ReplayAsync(filter, options with { DryRun = false, Max = 500, Stagger = TimeSpan.FromSeconds(1) }, cancellationToken);
    }

    public static async Task ReadAsync(IJobAdmin admin, IJobJournal journal, CancellationToken cancellationToken)
    {
        var page = await admin.QueryAsync(new JobFilter { States = [JobState.Running] }, before: null, limit: 100, cancellationToken);
        foreach (var job in page.Jobs)
        {
            var entry = await journal.FindAsync(job.Id, cancellationToken);
            Console.WriteLine($"{job.Kind} {job.Id}, attempt {job.Attempt}: {entry?.Percent} % {entry?.Message}");
        }
    }
}
