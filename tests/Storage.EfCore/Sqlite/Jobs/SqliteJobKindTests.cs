using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Jobs;

public sealed class SqliteJobKindTests : JobKindTests
{
    private protected override async Task<(TestNode Node, Func<TimeSpan, Task> Advance, Func<ValueTask> Dispose)> CreateAsync()
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        return (
            node,
            by =>
            {
                database.Clock.Advance(by);
                return Task.CompletedTask;
            },
            database.DisposeAsync);
    }
}
