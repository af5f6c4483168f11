using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    /// <summary>Every field of a request comes back.</summary>
    [Fact]
    public async Task Enqueued_job_is_found_with_everything_that_was_asked()
    {
        var root = JobId.New(TimeProvider.System);
        var parent = JobId.New(TimeProvider.System);
        var request = new JobRequest
        {
            Id = JobId.New(TimeProvider.System), Kind = Kind, Payload = """{"text":"é\u0000 \"quoted\"","n":[1,2]}""", Priority = -3,
            Delay = TimeSpan.FromSeconds(7), MaxAttempts = 9, Timeout = TimeSpan.FromSeconds(11), DedupeKey = "dedupe", ConcurrencyKey = "account:42",
            RootId = root, ParentId = parent, TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            OnFailure = new JobFollowUp(FollowUpKind, "[1]"),
        };

        var results = await EnqueueAsync(request);

        Assert.Equal([new EnqueueResult(request.Id, Created: true)], results);
        var now = await GetNowAsync();
        Assert.Equal(
            new Job
            {
                Id = request.Id, Kind = Kind, Payload = request.Payload, State = JobState.Queued, Priority = -3, AvailableAt = now + request.Delay, MaxAttempts = 9,
                Timeout = request.Timeout, DedupeKey = "dedupe", ConcurrencyKey = "account:42", RootId = root, ParentId = parent,
                TraceParent = request.TraceParent, OnFailure = request.OnFailure, CreatedAt = now,
            },
            await GetAsync(request.Id));
    }

    /// <summary>A job without a root is one.</summary>
    [Fact]
    public async Task Enqueued_job_without_a_root_is_its_own_root_and_due_at_once()
    {
        var id = await EnqueueOneAsync();

        var job = await GetAsync(id);

        Assert.Equal((id, null, job.CreatedAt, 5), (job.RootId, job.ParentId, job.AvailableAt, job.MaxAttempts));
    }

    /// <summary>Repeating an enqueue changes nothing.</summary>
    [Fact]
    public async Task Enqueue_of_a_stored_id_writes_nothing()
    {
        var request = NewRequest("[1]");
        await EnqueueAsync(request);

        var again = await EnqueueAsync(request with { Payload = "[2]", Kind = FollowUpKind }, NewRequest());

        Assert.Equal(new EnqueueResult(request.Id, Created: false), again[0]);
        Assert.True(again[1].Created);
        var job = await GetAsync(request.Id);
        Assert.Equal(("[1]", Kind), (job.Payload, job.Kind));
    }

    /// <summary>Even an ended job's id is taken.</summary>
    [Fact]
    public async Task Enqueue_of_the_id_of_an_ended_job_writes_nothing()
    {
        var request = NewRequest();
        await CompleteAsync(await EnqueueAndClaimAsync(request), JobState.Succeeded);

        var again = await EnqueueAsync(request);

        Assert.Equal([new EnqueueResult(request.Id, Created: false)], again);
        Assert.Equal(JobState.Succeeded, (await GetAsync(request.Id)).State);
    }

    /// <summary>A dedupe key is borne by one unfinished job of a kind.</summary>
    [Fact]
    public async Task Enqueue_with_the_dedupe_key_of_an_unfinished_job_answers_with_that_job()
    {
        var first = await EnqueueOneAsync(NewRequest() with { DedupeKey = "k", Priority = 1 });

        var queued = await EnqueueAsync(NewRequest() with { DedupeKey = "k" });
        var otherKind = await EnqueueAsync(NewRequest() with { DedupeKey = "k", Kind = Kind + "-other" });
        var otherKey = await EnqueueAsync(NewRequest() with { DedupeKey = "K" });
        var claimed = Assert.Single(await ClaimAsync(1));
        var running = await EnqueueAsync(NewRequest() with { DedupeKey = "k" });

        Assert.Equal(first, claimed.Lease.JobId);
        Assert.Equal([new EnqueueResult(first, Created: false)], queued);
        Assert.Equal([new EnqueueResult(first, Created: false)], running);
        Assert.True(otherKind[0].Created);
        Assert.True(otherKey[0].Created);
    }

    /// <summary>An end frees the dedupe key.</summary>
    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.DeadLetter)]
    [InlineData(JobState.Cancelled)]
    public async Task Dedupe_key_is_free_again_when_its_job_ends(JobState end)
    {
        await CompleteAsync(await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k" }), end);
        var next = NewRequest() with { DedupeKey = "k" };

        var results = await EnqueueAsync(next);

        Assert.Equal([new EnqueueResult(next.Id, Created: true)], results);
    }

    /// <summary>A retry keeps its dedupe key.</summary>
    [Fact]
    public async Task Dedupe_key_is_kept_by_a_job_that_waits_for_its_retry()
    {
        var lease = await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k" });
        await CompleteAsync(lease, JobState.Queued);

        var results = await EnqueueAsync(NewRequest() with { DedupeKey = "k" });

        Assert.Equal([new EnqueueResult(lease.JobId, Created: false)], results);
    }

    /// <summary>The first of two equal dedupe keys in one call wins.</summary>
    [Fact]
    public async Task Two_requests_of_one_call_with_one_dedupe_key_make_one_job()
    {
        var first = NewRequest() with { DedupeKey = "k" };

        var results = await EnqueueAsync(NewRequest(), first, NewRequest() with { DedupeKey = "k" });

        Assert.Equal([true, true, false], results.Select(result => result.Created));
        Assert.Equal(first.Id, results[2].Id);
    }

    /// <summary>Nothing is stored of a call that is refused.</summary>
    [Fact]
    public async Task Two_requests_of_one_call_may_not_share_an_id()
    {
        var twice = NewRequest();
        var other = NewRequest();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => EnqueueAsync(other, twice, twice));

        Assert.Null(await Store.FindAsync(other.Id, Cancellation));
        Assert.Null(await Store.FindAsync(twice.Id, Cancellation));
    }

    /// <summary>What is out of bounds is refused as a whole, before anything is written.</summary>
    [Theory]
    [InlineData("no kind")]
    [InlineData("long kind")]
    [InlineData("long dedupe key")]
    [InlineData("long concurrency key")]
    [InlineData("long kind of the follow-up")]
    [InlineData("no attempts")]
    [InlineData("negative delay")]
    [InlineData("negative time for the dedupe key")]
    public async Task Request_out_of_bounds_is_a_programmer_error_and_nothing_is_stored(string what)
    {
        var (good, request) = (NewRequest(), NewRequest());
        request = what switch
        {
            "no kind" => request with { Kind = "" },
            "long kind" => request with { Kind = new string('k', 129) },
            "long dedupe key" => request with { DedupeKey = new string('k', 257) },
            "long concurrency key" => request with { ConcurrencyKey = new string('k', 257) },
            "long kind of the follow-up" => request with { OnFailure = new JobFollowUp(new string('k', 129), "{}") },
            "negative time for the dedupe key" => request with { DedupeKey = "k", DedupeFor = TimeSpan.FromTicks(-1) },
            "no attempts" => request with { MaxAttempts = 0 },
            _ => request with { Delay = TimeSpan.FromTicks(-1) },
        };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => EnqueueAsync(good, request));

        Assert.Null(await Store.FindAsync(good.Id, Cancellation));
        Assert.Null(await Store.FindAsync(request.Id, Cancellation));
    }

    /// <summary>Names as long as allowed are kept.</summary>
    [Fact]
    public async Task Names_of_the_greatest_length_are_kept_whole()
    {
        var request = NewRequest() with { Kind = Kind.PadRight(128, 'k'), DedupeKey = new string('d', 256), ConcurrencyKey = new string('c', 256) };

        await EnqueueAsync(request);

        var job = await GetAsync(request.Id);
        Assert.Equal((request.Kind, request.DedupeKey, request.ConcurrencyKey), (job.Kind, job.DedupeKey, job.ConcurrencyKey));
    }

    /// <summary>An empty call is allowed.</summary>
    [Fact]
    public async Task Enqueue_of_nothing_does_nothing() => Assert.Empty(await EnqueueAsync());

    /// <summary>An absolute due time wins over a delay.</summary>
    [Fact]
    public async Task Job_with_not_before_is_due_then_and_ignores_its_delay()
    {
        var at = await GetNowAsync() + TimeSpan.FromMinutes(5);
        var id = await EnqueueOneAsync(NewRequest() with { NotBefore = at.ToOffset(TimeSpan.FromHours(2)), Delay = TimeSpan.FromSeconds(1) });

        Assert.Equal(at, (await GetAsync(id)).AvailableAt);
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ClaimAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal([id], IdsOf(await ClaimAsync()));
    }

    /// <summary>No job, no answer.</summary>
    [Fact]
    public async Task Unknown_job_is_not_found() => Assert.Null(await Store.FindAsync(JobId.New(TimeProvider.System), Cancellation));
}
