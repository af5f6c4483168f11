using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Enqueueing beside a user's own rows; derived for each database.</summary>
public abstract class QueueTransactionTests : IAsyncLifetime
{
    private TestNode? _node;
    private Func<ValueTask>? _dispose;

    private protected abstract Task<(TestNode Node, Func<ValueTask> Dispose)> CreateAsync();

    private TestNode Node => _node!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_node, _dispose) = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Node.DisposeAsync();
        await _dispose!();
    }

    [Fact]
    public async Task Jobs_and_the_users_rows_commit_together_and_wake_the_workers_after_the_commit()
    {
        var request = NewRequest();

        await InTransactionAsync(request, async (context, _, transaction) =>
        {
            Assert.Equal(0, Node.Signal.Count);
            await context.SaveChangesAsync(Cancellation);
            await transaction.CommitAsync(Cancellation);
        });

        Assert.Equal(JobState.Queued, (await Node.Jobs.FindAsync(request.Id, Cancellation))!.State);
        Assert.Equal(["mine"], await Node.ReadNotesAsync());
        Assert.Equal(1, Node.Signal.Count);
    }

    [Fact]
    public async Task Neither_jobs_nor_the_users_rows_are_there_after_a_rollback()
    {
        var request = NewRequest();

        await InTransactionAsync(request, async (context, _, transaction) =>
        {
            await context.SaveChangesAsync(Cancellation);
            await transaction.RollbackAsync(Cancellation);
        });

        Assert.Null(await Node.Jobs.FindAsync(request.Id, Cancellation));
        Assert.Empty(await Node.ReadNotesAsync());
        Assert.Equal(0, Node.Signal.Count);
    }

    [Fact]
    public async Task Transaction_that_is_left_without_a_word_leaves_no_job()
    {
        var request = NewRequest();

        await InTransactionAsync(request, (_, _, _) => Task.CompletedTask);

        Assert.Null(await Node.Jobs.FindAsync(request.Id, Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(60)]
    public async Task Ids_that_are_stored_already_are_told_from_new_ones_in_calls_of_any_size(int size)
    {
        var requests = Enumerable.Range(0, size).Select(_ => NewRequest()).ToArray();
        await Node.Jobs.EnqueueAsync([requests[^1] with { Payload = "[1]" }], Cancellation);

        var results = await Node.Jobs.EnqueueAsync(requests, Cancellation);

        Assert.Equal(requests.Select((request, index) => new EnqueueResult(request.Id, Created: index < size - 1)), results);
        Assert.Equal("[1]", (await Node.Jobs.FindAsync(requests[^1].Id, Cancellation))!.Payload);
        Assert.Equal(requests[0].Payload, size == 1 ? requests[0].Payload : (await Node.Jobs.FindAsync(requests[0].Id, Cancellation))!.Payload);
    }

    [Fact]
    public async Task Jobs_that_ask_for_nothing_are_stored_as_those_that_ask_for_much()
    {
        // The first two differ in their number alone, the third goes by the statement for whatever there is.
        JobRequest[] requests = [NewRequest() with { Priority = 3, MaxAttempts = 2, TraceParent = "00-1-2-03" }, NewRequest() with { Payload = "[2]" }, NewRequest() with { Delay = TimeSpan.FromTicks(1) }];

        await Node.Jobs.EnqueueAsync([requests[0]], Cancellation);
        await Node.Jobs.EnqueueAsync([requests[1], NewRequest()], Cancellation);
        await Node.Jobs.EnqueueAsync([requests[2]], Cancellation);

        var stored = await Task.WhenAll(requests.Select(request => Node.Jobs.FindAsync(request.Id, Cancellation)));
        Assert.All(requests.Zip(stored), pair => Assert.Equal(
            (pair.First.Kind, pair.First.Payload, pair.First.Priority, pair.First.MaxAttempts, pair.First.TraceParent, pair.First.Id, JobState.Queued),
            (pair.Second!.Kind, pair.Second.Payload, pair.Second.Priority, pair.Second.MaxAttempts, pair.Second.TraceParent, pair.Second.RootId, pair.Second.State)));
        Assert.Equal(stored[0]! with { Id = default, RootId = default, Payload = "", Priority = 0, MaxAttempts = 0, TraceParent = null, AvailableAt = default, CreatedAt = default },
            stored[2]! with { Id = default, RootId = default, Payload = "", Priority = 0, MaxAttempts = 0, TraceParent = null, AvailableAt = default, CreatedAt = default });
        Assert.All(stored, job => Assert.InRange(job!.AvailableAt, job.CreatedAt, job.CreatedAt.AddTicks(10)));
    }

    [Fact]
    public async Task Enqueue_outside_of_a_transaction_commits_by_itself()
    {
        var request = NewRequest();
        await using var scope = Node.Provider.CreateAsyncScope();

        var results = await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync([request], Cancellation);

        Assert.Equal([new EnqueueResult(request.Id, Created: true)], results);
        Assert.NotNull(await Node.Jobs.FindAsync(request.Id, Cancellation));
        Assert.Equal(1, Node.Signal.Count);
    }

    [Fact]
    public async Task Request_that_breaks_a_rule_leaves_the_users_transaction_usable()
    {
        var request = NewRequest();

        await InTransactionAsync(request, async (context, queue, transaction) =>
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => queue.EnqueueAsync([NewRequest() with { Kind = "" }], Cancellation));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => queue.EnqueueAsync([NewRequest() with { Payload = "\"\0\"" }], Cancellation));
            await context.SaveChangesAsync(Cancellation);
            await transaction.CommitAsync(Cancellation);
        });

        Assert.NotNull(await Node.Jobs.FindAsync(request.Id, Cancellation));
        Assert.Equal(["mine"], await Node.ReadNotesAsync());
    }

    private static JobRequest NewRequest() => new() { Id = JobId.New(TimeProvider.System), Kind = "work", Payload = "{}" };

    private async Task InTransactionAsync(JobRequest request, Func<AppDbContext, IJobQueue, IDbContextTransaction, Task> then)
    {
        await using var scope = Node.Provider.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
        context.Notes.Add(new Note { Text = "mine" });
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        await queue.EnqueueAsync([request], Cancellation);
        await then(context, queue, transaction);
    }
}
