using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs.Operations;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerProgressTests
{
    private readonly FakeJournal _journal = new();

    [Fact]
    public async Task Reports_are_written_at_once_first_and_then_once_a_second_however_many_there_are()
    {
        var (gate, reported, again) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = Start(async (_, context, _) =>
        {
            context.Progress.Report(1, "begun");
            await again.Task;
            for (var percent = 2; percent <= 50; percent++)
            {
                context.Progress.Report(percent);
                context.Progress.Log($"line {percent}");
            }

            reported.SetResult();
            await gate.Task;
            return JobRunResult.Succeeded();
        });
        var id = await host.EnqueueAsync();
        await Eventually.HoldsAsync(() => _journal.Latest(id)?.Percent == 1, "the first report is written with the clock at rest");
        again.SetResult();
        await reported.Task;

        await host.HoldsAsync(() => _journal.Latest(id)?.Percent == 50, "the last report is written", TimeSpan.FromMilliseconds(100));

        var entry = _journal.Latest(id)!;
        Assert.Equal((2, "begun", 49, "line 50", 1), (_journal.Writes.Count, entry.Message, entry.Lines.Count, entry.Lines[^1].Text, entry.Attempt));
        Assert.True(host.Clock.GetUtcNow() - (await host.GetAsync(id)).CreatedAt >= TimeSpan.FromSeconds(1));
        gate.SetResult();
        await host.ReachesAsync(id, JobState.Succeeded, TimeSpan.Zero);
        Assert.Equal(2, _journal.Writes.Count);
    }

    [Fact]
    public async Task Last_report_is_written_before_the_outcome_and_what_comes_later_is_ignored()
    {
        IJobProgress? kept = null;
        JobJournalEntry? atCompletion = null;
        await using var host = Start((_, context, _) =>
        {
            kept = context.Progress;
            context.Progress.Report(10);
            context.Progress.Report(100, "done");
            return Task.FromResult(JobRunResult.Succeeded());
        });
        host.Store.Before = (operation, argument) =>
        {
            if (operation == "complete")
            {
                atCompletion = _journal.Latest(((IReadOnlyList<JobCompletion>)argument)[0].Lease.JobId);
            }

            return null;
        };

        var id = await host.EnqueueAsync();
        await host.ReachesAsync(id, JobState.Succeeded, TimeSpan.Zero);

        Assert.Equal((100, "done"), (atCompletion?.Percent, atCompletion?.Message));
        kept!.Report(5, "too late");
        kept.Log("too late");
        var next = await host.EnqueueAsync();
        await host.ReachesAsync(next, JobState.Succeeded);
        Assert.Equal((100, "done", 0), (_journal.Latest(id)!.Percent, _journal.Latest(id)!.Message, _journal.Latest(id)!.Lines.Count));
    }

    [Fact]
    public async Task Reports_are_bounded_and_come_from_any_number_of_threads()
    {
        var thrown = 0;
        await using var host = Start((_, context, _) =>
        {
            Parallel.For(0, 8, _ =>
            {
                for (var line = 0; line < 500; line++)
                {
                    context.Progress.Log(new string('l', 600));
                    context.Progress.Report(line % 2 == 0 ? 1e9 : double.NaN, new string('m', 255) + "\U0001F600");
                }
            });
            try
            {
                context.Progress.Report(double.NegativeInfinity, null);
                context.Progress.Log(null!);
            }
            catch (Exception)
            {
                thrown++;
            }

            return Task.FromResult(JobRunResult.Succeeded());
        });

        var id = await host.EnqueueAsync();
        await host.ReachesAsync(id, JobState.Succeeded);

        var entry = _journal.Latest(id)!;
        Assert.Equal((0, 0.0, 100), (thrown, entry.Percent, entry.Lines.Count));
        Assert.Equal(new string('m', 255), entry.Message);
        Assert.Equal((512, ""), (entry.Lines[0].Text.Length, entry.Lines[^1].Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Journal_that_fails_or_hangs_delays_an_outcome_by_seconds_and_loses_none(bool hangs)
    {
        _journal.Before = () => hangs ? new TaskCompletionSource().Task : throw new IOException();
        await using var host = Start((_, context, _) =>
        {
            context.Progress.Report(50);
            return Task.FromResult(JobRunResult.Succeeded());
        });

        var id = await host.EnqueueAsync();
        var job = await host.ReachesAsync(id, JobState.Succeeded, hangs ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero);

        Assert.Equal(1, job.Attempt);
        Assert.True(job.FinishedAt - job.CreatedAt <= TimeSpan.FromSeconds(10));
        Assert.Empty(_journal.Writes);
    }

    [Fact]
    public async Task Reports_of_many_jobs_share_a_write()
    {
        var (first, gate, entered) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        _journal.Before = () => first.Task;
        await using var host = Start(async (_, context, _) =>
        {
            context.Progress.Report(10);
            Interlocked.Increment(ref entered);
            await gate.Task;
            return JobRunResult.Succeeded();
        });
        await host.EnqueueManyAsync(4, 0);
        await Eventually.HoldsAsync(() => entered == 4, "four run");

        // While the first write is under way the others come together.
        first.SetResult();
        await Eventually.HoldsAsync(() => _journal.Writes.Sum(write => write.Count) == 4, "all are written");

        Assert.True(_journal.Writes.Count <= 2, $"{_journal.Writes.Count} writes");
        gate.SetResult();
    }

    private JobWorkerHost Start(Func<int, JobContext, CancellationToken, Task<JobRunResult>> handler) =>
        JobWorkerHost.Start(handler, services: services => services.AddSingleton<IJobJournal>(_journal));
}
