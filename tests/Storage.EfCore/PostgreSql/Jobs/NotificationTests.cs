using Npgsql;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

/// <summary>Whom an enqueue wakes, and when at the latest.</summary>
public sealed class NotificationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_that_enqueues_is_not_woken_again_by_its_own_notification()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await using var ofFirst = first;
        await using var second = database.NewNode();
        await first.Listener.StartAsync(Cancellation);
        await second.Listener.StartAsync(Cancellation);
        await Eventually.HoldsAsync(() => first.Signal.Count == 1 && second.Signal.Count == 1, "both listen");

        await first.Jobs.EnqueueAsync([NewRequest()], Cancellation);
        await Eventually.HoldsAsync(() => second.Signal.Count == 2, "the other is notified");
        await second.Jobs.EnqueueAsync([NewRequest()], Cancellation);

        // Notifications come in order: after the other's there is none left of its own.
        await Eventually.HoldsAsync(() => first.Signal.Count >= 3, "it is notified by the other");
        Assert.Equal(3, first.Signal.Count);
        await first.Listener.StopAsync(Cancellation);
        await second.Listener.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Last_of_many_enqueues_is_followed_by_a_notification(bool ends)
    {
        const int Enqueues = 40;
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var listener = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await listener.OpenAsync(Cancellation);
        await using (var listen = new NpgsqlCommand("listen switchyard_jobs", listener))
        {
            await listen.ExecuteNonQueryAsync(Cancellation);
        }

        // Each notification has what is there looked at once, as a worker does; nothing else ever looks.
        var listening = Task.Run(async () =>
        {
            do
            {
                Assert.True(await listener.WaitAsync(Patience, Cancellation), "No notification came after the last commit.");
            }
            while ((await database.QueryAsync<long>("select count(*) from switchyard.jobs"))[0] < Enqueues);
        }, Cancellation);
        for (var i = 0; i < Enqueues; i++)
        {
            await node.Jobs.EnqueueAsync([NewRequest()], Cancellation);
        }

        await (ends ? node.DisposeAsync() : ValueTask.CompletedTask);
        await listening;
        await node.DisposeAsync();
    }

    private static JobRequest NewRequest() => new() { Id = JobId.New(TimeProvider.System), Kind = "work", Payload = "{}" };
}
