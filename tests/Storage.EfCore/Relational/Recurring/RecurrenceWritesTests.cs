using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs.Recurring;
using Switchyard.Storage.EfCore.PostgreSql.Tests;
using Switchyard.Storage.EfCore.Recurring;
using Switchyard.Storage.EfCore.Sqlite.Tests;

namespace Switchyard.Storage.EfCore.Tests.Recurring;

/// <summary>What stores of other features call in their transactions, beyond what the port itself does.</summary>
public sealed class RecurrenceWritesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Targets_come_in_order_with_the_due_recurrence_and_go_with_it(string engine)
    {
        await using var node = await CreateAsync(engine);
        var sessions = node.Provider.GetRequiredService<StoreSessions<AppDbContext>>();
        var store = node.Provider.GetRequiredService<IRecurrenceStore>();
        var (id, other, at) = (Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        Guid[] targets = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).Order()];
        await AddAsync(sessions, id);
        await AddAsync(sessions, other);

        var added = await sessions.WriteAsync(
            async session => new[]
            {
                await RecurrenceWrites.AddTargetAsync(session, id, targets[3], at),
                await RecurrenceWrites.AddTargetAsync(session, id, targets[2], at.AddSeconds(1)),
                await RecurrenceWrites.AddTargetAsync(session, id, targets[0], at.AddSeconds(1)),
                await RecurrenceWrites.AddTargetAsync(session, id, targets[1], at.AddSeconds(2)),
                await RecurrenceWrites.AddTargetAsync(session, id, targets[1], at.AddSeconds(9)),
                await RecurrenceWrites.AddTargetAsync(session, Guid.NewGuid(), targets[1], at),
                await RecurrenceWrites.RemoveTargetAsync(session, id, targets[1]),
                await RecurrenceWrites.RemoveTargetAsync(session, id, targets[1]),
            },
            Cancellation);

        Assert.Equal([true, true, true, true, false, false, true, false], added);
        var seen = new Dictionary<Guid, IReadOnlyList<Guid>>();
        await store.FireAsync(10, (due, _) => [.. due.Select(one => Look(one, seen))], Cancellation);
        Assert.Equal([targets[3], targets[0], targets[2]], seen[id]);
        Assert.Empty(seen[other]);
        Assert.True(await sessions.WriteAsync(session => RecurrenceWrites.DeleteAsync(session, id), Cancellation));
        Assert.False(await sessions.WriteAsync(session => RecurrenceWrites.DeleteAsync(session, id), Cancellation));
        await AddAsync(sessions, id);
        Assert.Empty((await sessions.WriteAsync(session => RecurrenceRows.LockAsync(session, id), Cancellation)).Due!.Targets);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Page_of_ids_is_read_at_once_and_a_taken_id_is_told(string engine)
    {
        await using var node = await CreateAsync(engine);
        var sessions = node.Provider.GetRequiredService<StoreSessions<AppDbContext>>();
        Guid[] ids = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid())];
        foreach (var id in ids)
        {
            Assert.Equal(1, (await AddAsync(sessions, id))!.Revision);
        }

        Assert.Null(await AddAsync(sessions, ids[0]));
        var found = await sessions.StatementAsync(session => RecurrenceRows.FindAllAsync(session, [ids[2], Guid.NewGuid(), ids[0]]), Cancellation);
        Assert.Equal(new[] { ids[0], ids[2] }.Order(), found.Keys.Order());
        Assert.Equal(found[ids[0]], await sessions.StatementAsync(session => RecurrenceRows.FindAsync(session, ids[0]), Cancellation));
        Assert.Empty(await sessions.StatementAsync(session => RecurrenceRows.FindAllAsync(session, []), Cancellation));
    }

    private static RecurrenceFiring Look(DueRecurrence due, Dictionary<Guid, IReadOnlyList<Guid>> seen)
    {
        seen.Add(due.Recurrence.Id, due.Targets);
        return new RecurrenceFiring { RecurrenceId = due.Recurrence.Id, NextAt = null, Occurrences = [] };
    }

    private static Task<Recurrence?> AddAsync(StoreSessions<AppDbContext> sessions, Guid id) => sessions.WriteAsync(
        session => RecurrenceWrites.InsertAsync(session, new Recurrence { Id = id, Kind = "k", Expression = "* * * * *", NextAt = DateTimeOffset.UnixEpoch }, DateTimeOffset.UnixEpoch), Cancellation);

    private static async Task<TestNode> CreateAsync(string engine) =>
        engine == "sqlite" ? (await SqliteDatabase.CreateAsync()).Node : (await PostgreSqlDatabase.CreateAsync()).Node;
}
