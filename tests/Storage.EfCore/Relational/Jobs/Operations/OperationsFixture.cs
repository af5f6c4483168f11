using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

/// <summary>A node, its clock, and jobs brought to any state by the store's own calls.</summary>
internal sealed class OperationsFixture(TestNode node, Func<TimeSpan, Task> advance, Func<ValueTask> dispose) : IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TestNode Node => node;

    public IJobStore Jobs => node.Jobs;

    public IJobAdmin Admin => node.Provider.GetRequiredService<IJobAdmin>();

    public INodeRegistry Nodes => node.Provider.GetRequiredService<INodeRegistry>();

    public IJobJournal Journal => node.Provider.GetRequiredService<IJobJournal>();

    public IJobMaintenance Maintenance => node.Provider.GetRequiredService<IJobMaintenance>();

    public static JobBulkOptions Options { get; } = new() { Actor = "ann", Reason = "because" };

    public Task AdvanceAsync(TimeSpan by) => advance(by);

    public async Task<JobId[]> EnqueueAsync(string kind, int count = 1, Func<JobRequest, JobRequest>? with = null)
    {
        JobRequest[] requests = [.. Enumerable.Range(0, count).Select(_ => new JobRequest { Id = JobId.New(TimeProvider.System), Kind = kind, Payload = "{}" }).Select(request => with?.Invoke(request) ?? request)];
        await Jobs.EnqueueAsync(requests, Cancellation);
        return [.. requests.Select(request => request.Id)];
    }

    public async Task<JobLease[]> ClaimAsync(string kind, int max = 1_000)
    {
        var request = new ClaimRequest { Owner = "worker", Kinds = [kind], MaxJobs = max, StartAtOnce = max, Lease = TimeSpan.FromMinutes(1) };
        return [.. (await Jobs.ClaimAsync(request, Cancellation)).Select(job => job.Lease)];
    }

    /// <summary>Makes jobs that have ended in a state.</summary>
    public async Task<JobId[]> EndAsync(string kind, JobState state, int count = 1, Func<JobRequest, JobRequest>? with = null)
    {
        var ids = await EnqueueAsync(kind, count, with);
        var leases = await ClaimAsync(kind);
        await Jobs.CompleteAsync([.. leases.Select(lease => new JobCompletion { Lease = lease, State = state })], Cancellation);
        await SettleAsync();
        return ids;
    }

    /// <summary>Makes the tallies what the jobs are, whether or not the store's own calls have kept them.</summary>
    public Task SettleAsync() => ExecuteAsync(
        "delete from {job_tallies}; insert into {job_tallies} (kind, state, count) select kind, state, count(*) from {jobs} where finished_at is not null group by kind, state");

    /// <summary>Asserts that what the port counts is what a scan of the table finds.</summary>
    public async Task AssertCountsAsync()
    {
        var scanned = await ReadAsync("select kind, state, count(*) from {jobs} group by kind, state", row => new JobCount(row.Text(0), (JobState)row.Integer(1), row.Long(2)));

        Assert.Equal(
            scanned.OrderBy(count => count.Kind, StringComparer.Ordinal).ThenBy(count => count.State),
            await Admin.CountAsync(Cancellation));
    }

    public Task<long> CountAsync(string sql) => OneAsync(sql, row => row.Long(0));

    public async Task<T> OneAsync<T>(string sql, Func<SqlReader, T> read) => (await ReadAsync(sql, read))[0];

    public Task<List<T>> ReadAsync<T>(string sql, Func<SqlReader, T> read) => WithSessionAsync(session => session.Command(Named(session, sql)).ReadAsync(read));

    public Task<int> ExecuteAsync(string sql) => WithSessionAsync(session => session.Command(Named(session, sql)).ExecuteAsync());

    public Task<T> WithSessionAsync<T>(Func<StoreSession, Task<T>> work) => node.WithContextAsync(async context =>
    {
        await context.Database.OpenConnectionAsync(Cancellation);
        return await work(new StoreSession(context, Cancellation));
    });

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await dispose();
    }

    private static string Named(StoreSession session, string sql)
    {
        foreach (var table in (string[])["jobs", "job_tallies", "job_journals", "job_kinds", "job_operations"])
        {
            sql = sql.Replace(string.Create(CultureInfo.InvariantCulture, $"{{{table}}}"), session.Dialect.Table(table), StringComparison.Ordinal);
        }

        return sql;
    }
}

/// <summary>Makes a fixture for each test; derived for each database.</summary>
public abstract class OperationsTests : IAsyncLifetime
{
    private OperationsFixture? _fixture;

    private protected OperationsFixture Fixture => _fixture!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task<OperationsFixture> CreateAsync();

    public async ValueTask InitializeAsync() => _fixture = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fixture.DisposeAsync();
    }
}
