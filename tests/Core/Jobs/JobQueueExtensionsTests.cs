namespace Switchyard.Jobs;

public sealed class JobQueueExtensionsTests
{
    private readonly RecordingQueue _queue = new();

    [Fact]
    public async Task Options_are_written_into_the_request()
    {
        var at = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

        await _queue.EnqueueAsync(
            "mail",
            7,
            new EnqueueOptions
            {
                Delay = TimeSpan.FromHours(1), At = at, Priority = 3, MaxAttempts = 2, Timeout = TimeSpan.FromMinutes(1), DedupeKey = "ask", DedupeFor = TimeSpan.FromDays(1),
                ConcurrencyKey = "account:42",
            },
            cancellationToken: TestContext.Current.CancellationToken);

        var request = Assert.Single(Assert.Single(_queue.Calls));
        Assert.Equal(("mail", "7", TimeSpan.FromHours(1), at, 3, 2), (request.Kind, request.Payload, request.Delay, request.NotBefore, request.Priority, request.MaxAttempts));
        Assert.Equal((TimeSpan.FromMinutes(1), "ask", TimeSpan.FromDays(1), "account:42"), (request.Timeout, request.DedupeKey, request.DedupeFor, request.ConcurrencyKey));
    }

    [Fact]
    public async Task Options_left_alone_are_the_requests_own_defaults()
    {
        var request = new JobRequest { Id = new JobId(Guid.CreateVersion7()), Kind = "mail", Payload = "7" };

        Assert.Equal(request, new EnqueueOptions().Apply(request));
        await _queue.EnqueueAsync("mail", 7, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(5, Assert.Single(Assert.Single(_queue.Calls)).MaxAttempts);
    }

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(1_000, new[] { 1_000 })]
    [InlineData(2_001, new[] { 1_000, 1_000, 1 })]
    public async Task Stream_is_enqueued_a_thousand_at_a_time(int jobs, int[] calls)
    {
        var counts = await _queue.EnqueueManyAsync(Stream(jobs), TestContext.Current.CancellationToken);

        Assert.Equal(calls, _queue.Calls.Select(call => call.Count));
        Assert.Equal(jobs, _queue.Calls.SelectMany(call => call).DistinctBy(request => request.Id).Count());
        Assert.Equal(new EnqueueCounts(jobs, jobs - (jobs / 2)), counts);
    }

    [Fact]
    public async Task Stream_that_breaks_off_leaves_what_was_enqueued_before()
    {
        await Assert.ThrowsAsync<IOException>(() => _queue.EnqueueManyAsync(Stream(1_500, breaks: true), TestContext.Current.CancellationToken));

        Assert.Equal(1_000, Assert.Single(_queue.Calls).Count);
    }

    private static async IAsyncEnumerable<JobRequest> Stream(int jobs, bool breaks = false)
    {
        for (var job = 0; job < jobs; job++)
        {
            await Task.Yield();
            yield return new JobRequest { Id = new JobId(Guid.CreateVersion7()), Kind = "mail", Payload = "1" };
        }

        if (breaks)
        {
            throw new IOException();
        }
    }

    /// <summary>Keeps each call's requests, and calls every second of them a repetition.</summary>
    private sealed class RecordingQueue : IJobQueue
    {
        private int _count;

        public List<IReadOnlyList<JobRequest>> Calls { get; } = [];

        public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
        {
            Calls.Add(requests);
            return Task.FromResult<IReadOnlyList<EnqueueResult>>([.. requests.Select(request => new EnqueueResult(request.Id, Created: _count++ % 2 == 0))]);
        }
    }
}
