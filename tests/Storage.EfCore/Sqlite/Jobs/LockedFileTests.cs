using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Jobs;

/// <summary>Another process that holds the file's lock is an outage: the same may succeed later, and nothing was stored.</summary>
public sealed class LockedFileTests
{
    [Fact]
    public async Task Enqueue_into_a_file_that_stays_locked_says_that_it_may_be_repeated()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (database, _) = await SqliteDatabase.CreateAsync();
        await using var owned = database;
        await using var node = new TestNode(options => options.UseSwitchyardSqlite(database.ConnectionString + ";Default Timeout=1", database.Clock), database.Clock);
        await using var other = new SqliteConnection(database.ConnectionString);
        await other.OpenAsync(cancellation);
        await using var holding = other.BeginTransaction(deferred: false);
        var request = new JobRequest { Id = JobId.New(database.Clock), Kind = "k", Payload = "{}" };

        var exception = await Assert.ThrowsAnyAsync<DbException>(() => node.Jobs.EnqueueAsync([request], cancellation));
        var before = await node.Jobs.FindAsync(request.Id, cancellation);
        await holding.RollbackAsync(cancellation);
        await node.Jobs.EnqueueAsync([request], cancellation);

        Assert.True(exception.IsTransient, exception.ToString());
        Assert.Contains("locked", exception.Message, StringComparison.Ordinal);
        Assert.Null(before);
        Assert.NotNull(await node.Jobs.FindAsync(request.Id, cancellation));
    }
}
