using Switchyard.TestKit;

namespace Switchyard.Samples.Jobs.Tests;

/// <summary>What samples/Jobs promises of itself, shown on the real thing.</summary>
public sealed class KillTests
{
    private const int Letters = 120;
    private const int Running = 1;
    private const int Succeeded = 2;

    // A lease of 30 seconds has to end, and the machine may be busy.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Second_run_finishes_what_a_kill_left_and_posts_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        var file = new LettersFile(folder);
        IReadOnlyCollection<string> before;
        using (var first = new SampleProcess(folder, $"{Letters}"))
        {
            await Eventually.HoldsAsync(() => first.IsAlive && first.Runs.Count >= Letters / 4 && file.Postings.Count > 0, "some letters are posted and others on their way", Deadline);
            first.Kill();
            before = first.Runs;
        }

        var (posted, left) = (file.Postings, file.Jobs);
        Assert.Equal(Letters, left.Count);
        Assert.InRange(posted.Count, 1, Letters - 1);
        Assert.Contains(left, job => job.State == Running);
        Assert.Equal(posted.Count, left.Count(job => job.State == Succeeded));

        using var second = new SampleProcess(folder);
        await Eventually.HoldsAsync(() => second.IsAlive && file.Jobs.All(job => job.State == Succeeded), "every job has succeeded", Deadline);

        Assert.Equal(Enumerable.Range(1, Letters), file.Postings.Order());
        Assert.Equal(Letters, file.Jobs.Count);
        Assert.True(before.Count + second.Runs.Count >= Letters, "every letter's handler ran");
        Assert.Equal(left.Count(job => job.State == Running && job.Attempt == 1), file.Jobs.Count(job => job.Attempt == 2));
        Assert.All(file.Jobs, job => Assert.InRange(job.Attempt, 1, 2));
    }
}
