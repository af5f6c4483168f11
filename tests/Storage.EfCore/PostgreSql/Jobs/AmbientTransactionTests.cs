using System.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

/// <summary>Transactions that flow with the caller: the queue joins them as the scope's context does, the store never.</summary>
public sealed class AmbientTransactionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Queue_joins_an_ambient_transaction_beside_the_users_rows(bool commits)
    {
        var (_, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        var request = NewRequest();

        using (var ambient = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await using var scope = node.Provider.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            context.Notes.Add(new Note { Text = "mine" });
            await context.SaveChangesAsync(Cancellation);
            await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync([request], Cancellation);
            Assert.Equal(0, node.Signal.Count);
            if (commits)
            {
                ambient.Complete();
            }
        }

        Assert.Equal(commits, await node.Jobs.FindAsync(request.Id, Cancellation) is not null);
        Assert.Equal(commits ? ["mine"] : [], await node.ReadNotesAsync());
        Assert.Equal(commits ? 1 : 0, node.Signal.Count);
    }

    [Fact]
    public async Task Operation_of_the_store_commits_by_itself_and_its_connection_is_fit_for_the_next()
    {
        var (_, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        var (during, after) = (NewRequest(), NewRequest());

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await node.Jobs.EnqueueAsync([during], Cancellation);
            Assert.NotNull(await node.Jobs.FindAsync(during.Id, Cancellation));
        }

        await node.Jobs.EnqueueAsync([after], Cancellation);
        Assert.NotNull(await node.Jobs.FindAsync(during.Id, Cancellation));
        Assert.NotNull(await node.Jobs.FindAsync(after.Id, Cancellation));
    }

    private static JobRequest NewRequest() => new() { Id = JobId.New(TimeProvider.System), Kind = "work", Payload = "{}" };
}
