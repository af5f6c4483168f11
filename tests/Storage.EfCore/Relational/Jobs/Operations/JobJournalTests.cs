using System.Text;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Storage.EfCore.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

public abstract class JobJournalTests : OperationsTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 4, 3, 2, 1, TimeSpan.FromHours(2));

    [Fact]
    public async Task Entry_comes_back_as_it_was_written_and_the_next_takes_its_place()
    {
        var lease = await NewLeaseAsync();

        await Fixture.Journal.WriteAsync([New(lease) with { Percent = 100.0 / 3, Message = "half\0way \ud800", Lines = [new(At, "one"), new(At.AddTicks(7), "\"zwei\" ü \0")] }], Cancellation);
        var entry = (await Fixture.Journal.FindAsync(lease.JobId, Cancellation))!;
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(5));
        await Fixture.Journal.WriteAsync([New(lease) with { Percent = 1 }, New(lease) with { Percent = 99 }], Cancellation);
        var next = (await Fixture.Journal.FindAsync(lease.JobId, Cancellation))!;

        Assert.Equal((lease, 1, 100.0 / 3, "half\uFFFDway \uFFFD"), (entry.Lease, entry.Attempt, entry.Percent, entry.Message));
        Assert.Equal([new JobLogLine(At, "one"), new JobLogLine(At.AddTicks(7), "\"zwei\" ü \uFFFD")], entry.Lines);
        Assert.Equal((99.0, null, entry.WrittenAt + TimeSpan.FromSeconds(5)), (next.Percent, next.Message, next.WrittenAt));
        Assert.Empty(next.Lines);
    }

    [Fact]
    public async Task Stale_lease_drops_its_own_entry_and_nothing_else()
    {
        var stale = await NewLeaseAsync();
        await Fixture.Journal.WriteAsync([New(stale) with { Message = "first" }], Cancellation);
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(2));
        var current = Assert.Single(await Fixture.ClaimAsync("work"));
        var other = await NewLeaseAsync();
        Assert.Equal(stale.JobId, current.JobId);

        await Fixture.Journal.WriteAsync([New(stale) with { Message = "late" }, New(other) with { Message = "other" }], Cancellation);
        Assert.Equal("first", (await Fixture.Journal.FindAsync(stale.JobId, Cancellation))!.Message);
        Assert.Equal("other", (await Fixture.Journal.FindAsync(other.JobId, Cancellation))!.Message);

        await Fixture.Journal.WriteAsync([New(current) with { Attempt = 2, Message = "second" }, New(stale) with { Message = "later" }], Cancellation);
        var entry = (await Fixture.Journal.FindAsync(stale.JobId, Cancellation))!;
        Assert.Equal((current, 2, "second"), (entry.Lease, entry.Attempt, entry.Message));
    }

    [Fact]
    public async Task Ended_job_keeps_its_entry_and_takes_no_other()
    {
        var lease = await NewLeaseAsync();
        await Fixture.Journal.WriteAsync([New(lease) with { Message = "done soon" }], Cancellation);
        await Fixture.Jobs.CompleteAsync([new JobCompletion { Lease = lease, State = JobState.Failed }], Cancellation);
        await Fixture.Journal.WriteAsync([New(lease) with { Message = "too late" }], Cancellation);

        Assert.Equal("done soon", (await Fixture.Journal.FindAsync(lease.JobId, Cancellation))!.Message);
        Assert.Null(await Fixture.Journal.FindAsync(JobId.New(TimeProvider.System), Cancellation));
    }

    [Fact]
    public async Task Lines_over_64_KiB_lose_the_oldest()
    {
        var lease = await NewLeaseAsync();
        JobLogLine[] lines = [.. Enumerable.Range(0, 300).Select(n => new JobLogLine(At.AddSeconds(n), new string('ü', 512)))];

        await Fixture.Journal.WriteAsync([New(lease) with { Lines = lines }], Cancellation);

        var kept = (await Fixture.Journal.FindAsync(lease.JobId, Cancellation))!.Lines;
        Assert.InRange(kept.Count, 50, 64);
        Assert.Equal(lines[^kept.Count..], kept);
        var stored = await Fixture.OneAsync("select lines from {job_journals}", row => row.Text(0));
        Assert.InRange(Encoding.UTF8.GetByteCount(stored), JournalLines.MaxBytes - 1_200, JournalLines.MaxBytes);
    }

    private static JobJournalEntry New(JobLease lease) => new() { Lease = lease, Attempt = 1 };

    private async Task<JobLease> NewLeaseAsync()
    {
        await Fixture.EnqueueAsync("work");
        return Assert.Single(await Fixture.ClaimAsync("work"));
    }
}
