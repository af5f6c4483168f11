using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

/// <summary>Proves a journal: each test is an obligation of <see cref="IJobJournal"/>.</summary>
public abstract class JobJournalConformance : JobOperationsConformance
{
    private IJobJournal Journal => Fixture.Journal;

    /// <summary>Everything that was reported comes back.</summary>
    [Fact]
    public async Task Entry_is_found_with_all_that_was_reported_and_when_it_was_written()
    {
        var lease = await EnqueueAndClaimAsync();
        var at = (await GetAsync(lease.JobId)).CreatedAt;
        await AdvanceAsync(3);
        JobLogLine[] lines = [new(at, "started \"é\" 日本"), new(at.AddMilliseconds(250), ""), new(at.AddMilliseconds(250), new string('x', 512))];

        await WriteAsync(new JobJournalEntry { Lease = lease, Attempt = 1, Percent = 12.5, Message = "reading ünïts", Lines = lines, WrittenAt = DateTimeOffset.UnixEpoch });

        var entry = await FindAsync(lease.JobId);
        Assert.Equal(lines, entry.Lines);
        Assert.Equal(
            new JobJournalEntry { Lease = lease, Attempt = 1, Percent = 12.5, Message = "reading ünïts", Lines = entry.Lines, WrittenAt = at + TimeSpan.FromSeconds(3) }, entry);
    }

    /// <summary>Nothing reported, nothing found.</summary>
    [Fact]
    public async Task Job_of_which_nothing_was_reported_has_no_entry()
    {
        var lease = await EnqueueAndClaimAsync();

        Assert.Null(await Journal.FindAsync(lease.JobId, Cancellation));
        Assert.Null(await Journal.FindAsync(JobId.New(TimeProvider.System), Cancellation));
    }

    /// <summary>A later entry stands in place of the earlier, as a whole.</summary>
    [Fact]
    public async Task Later_entry_replaces_the_earlier_one()
    {
        var lease = await EnqueueAndClaimAsync();
        await WriteAsync(NewEntry(lease) with { Percent = 10, Message = "first", Lines = [new(DateTimeOffset.UnixEpoch, "one"), new(DateTimeOffset.UnixEpoch, "two")] });
        await AdvanceAsync(5);

        await WriteAsync(NewEntry(lease) with { Lines = [new(DateTimeOffset.UnixEpoch, "three")] });

        var entry = await FindAsync(lease.JobId);
        Assert.Equal((null, null, "three"), (entry.Percent, entry.Message, Assert.Single(entry.Lines).Text));
        Assert.Equal((await GetAsync(lease.JobId)).CreatedAt + TimeSpan.FromSeconds(5), entry.WrittenAt);
    }

    /// <summary>The fence judges each entry by itself.</summary>
    [Fact]
    public async Task Stale_entry_drops_itself_and_nothing_else()
    {
        var stale = await EnqueueAndClaimAsync();
        await AdvanceAsync(31);
        var held = Assert.Single(await ClaimAsync()).Lease;
        var other = await EnqueueAndClaimAsync();
        await WriteAsync(NewEntry(held) with { Attempt = 2, Message = "alive" });

        await WriteAsync(
            NewEntry(stale) with { Message = "zombie" }, NewEntry(other) with { Message = "good" },
            NewEntry(new JobLease(JobId.New(TimeProvider.System), 1)), NewEntry(held with { Token = held.Token + 1 }) with { Message = "from the future" });

        var entry = await FindAsync(stale.JobId);
        Assert.Equal((held, 2, "alive"), (entry.Lease, entry.Attempt, entry.Message));
        Assert.Equal("good", (await FindAsync(other.JobId)).Message);
    }

    /// <summary>A write whose job nobody holds leaves nothing.</summary>
    [Theory]
    [InlineData("ended")]
    [InlineData("queued again")]
    [InlineData("given back")]
    public async Task Entry_of_a_claim_that_is_over_is_dropped(string what)
    {
        var lease = await EnqueueAndClaimAsync();
        await WriteAsync(NewEntry(lease) with { Message = "in time" });
        if (what == "given back")
        {
            await Store.ReleaseAsync([lease], Cancellation);
        }
        else
        {
            await EndAsync(lease, what == "ended" ? JobState.Succeeded : JobState.Queued);
        }

        await WriteAsync(NewEntry(lease) with { Message = "late" });

        Assert.Equal("in time", (await FindAsync(lease.JobId)).Message);
    }

    /// <summary>The latest attempt's entry is the one that is kept.</summary>
    [Fact]
    public async Task Entry_of_a_later_attempt_takes_the_place_of_the_earlier_attempts()
    {
        var first = await EnqueueAndClaimAsync();
        await WriteAsync(NewEntry(first) with { Percent = 90, Message = "first" });
        await EndAsync(first, JobState.Queued);
        var second = Assert.Single(await ClaimAsync()).Lease;

        await WriteAsync(NewEntry(second) with { Attempt = 2, Message = "second" });

        var entry = await FindAsync(first.JobId);
        Assert.Equal((second, 2, null, "second"), (entry.Lease, entry.Attempt, entry.Percent, entry.Message));
    }

    /// <summary>What was reported last is there to read after the end.</summary>
    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.DeadLetter)]
    public async Task Entry_stays_when_its_job_ends(JobState end)
    {
        var lease = await EnqueueAndClaimAsync();
        await WriteAsync(NewEntry(lease) with { Message = "last words" });

        await EndAsync(lease, end);

        Assert.Equal("last words", (await FindAsync(lease.JobId)).Message);
    }

    /// <summary>The entry goes with its job.</summary>
    [Fact]
    public async Task Entry_goes_when_its_job_goes()
    {
        var (discarded, pruned) = (await EnqueueAndClaimAsync(), await EnqueueAndClaimAsync());
        await WriteAsync(NewEntry(discarded), NewEntry(pruned));
        await EndAsync(discarded, JobState.Failed);
        await EndAsync(pruned);

        await Fixture.Admin.DiscardAsync(new JobFilter(), new JobBulkOptions { Actor = "ann", Reason = "why" }, Cancellation);
        await AdvanceAsync(8 * 86_400);
        Assert.Equal(1, await Fixture.Maintenance.PruneAsync(new JobRetention(), 10, Cancellation));

        Assert.Null(await Journal.FindAsync(discarded.JobId, Cancellation));
        Assert.Null(await Journal.FindAsync(pruned.JobId, Cancellation));
    }

    /// <summary>An entry is no word of the lease.</summary>
    [Fact]
    public async Task Writing_an_entry_changes_nothing_of_the_job()
    {
        var lease = await EnqueueAndClaimAsync();
        var before = await GetAsync(lease.JobId);
        await AdvanceAsync(20);

        await WriteAsync(NewEntry(lease));
        await WriteAsync();

        Assert.Equal(before, await GetAsync(lease.JobId));
        await AdvanceAsync(11);
        Assert.Equal(lease.JobId, Assert.Single(await ClaimAsync()).Lease.JobId);
    }

    /// <summary>A hundred lines of the greatest length are kept, in order.</summary>
    [Fact]
    public async Task Hundred_long_lines_are_kept_in_order()
    {
        var lease = await EnqueueAndClaimAsync();
        JobLogLine[] lines = [.. Enumerable.Range(0, 100).Select(number => new JobLogLine(DateTimeOffset.UnixEpoch.AddSeconds(number), $"{number}".PadRight(512, '.')))];

        await WriteAsync(NewEntry(lease) with { Lines = lines });

        Assert.Equal(lines, (await FindAsync(lease.JobId)).Lines);
    }

    private static JobJournalEntry NewEntry(JobLease lease) => new() { Lease = lease, Attempt = 1 };

    private Task WriteAsync(params JobJournalEntry[] entries) => Journal.WriteAsync(entries, Cancellation);

    private async Task<JobJournalEntry> FindAsync(JobId id)
    {
        var entry = await Journal.FindAsync(id, Cancellation);
        Assert.NotNull(entry);
        return entry;
    }
}
