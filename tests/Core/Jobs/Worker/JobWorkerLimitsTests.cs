using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs.Operations;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerLimitsTests
{
    private static readonly JobKindLimits Two = new() { MaxRunning = 2, Rate = new JobRateLimit(10, TimeSpan.FromSeconds(1)) };

    [Fact]
    public async Task Limits_are_stored_before_the_first_claim_though_the_store_is_down_at_first()
    {
        var kinds = new FakeKindStore { Failures = 2 };
        await using var host = JobWorkerHost.Start(
            (_, _, _) => Task.FromResult(JobRunResult.Succeeded()),
            services: services =>
            {
                services.AddSingleton<IJobKindStore>(kinds);
                services.AddJobs().AddKindLimits("other", JobKindLimits.None).AddKindLimits(JobWorkerHost.Kind, new() { MaxRunning = 9 }).AddKindLimits(JobWorkerHost.Kind, Two);
            });
        var claimsThen = -1;
        kinds.OnSet = () => claimsThen = host.Store.Claims;
        var id = await host.EnqueueAsync();
        await Eventually.HoldsAsync(() => kinds.Failures == 1, "the first try has failed");
        Assert.Equal(0, host.Store.Claims);

        await host.ReachesAsync(id, JobState.Succeeded);

        Assert.Equal(0, claimsThen);
        Assert.Equal([("other", JobKindLimits.None), (JobWorkerHost.Kind, Two)], kinds.Set);
    }

    [Fact]
    public async Task Host_with_limits_and_a_store_that_cannot_hold_them_does_not_start_and_says_so()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IJobStore>(new FaultyJobStore(null!));
        builder.Services.AddJobs().AddKindLimits("mail", Two);
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("AddKindLimits needs a store that holds limits over all nodes", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null, null, null)]
    [InlineData(null, 0, null, null)]
    [InlineData(null, null, 0, 1.0)]
    [InlineData(null, null, 1, 0.0)]
    [InlineData(null, null, 1, 86401.0)]
    public void Limits_out_of_range_are_refused_where_they_are_written(int? running, int? perKey, int? starts, double? seconds)
    {
        var limits = new JobKindLimits { MaxRunning = running, MaxRunningPerKey = perKey, Rate = starts is null ? null : new JobRateLimit(starts.Value, TimeSpan.FromSeconds(seconds!.Value)) };

        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddJobs().AddKindLimits("mail", limits));
    }

    private sealed class FakeKindStore : IJobKindStore
    {
        public int Failures { get; set; }

        public Action OnSet { get; set; } = () => { };

        public List<(string Kind, JobKindLimits Limits)> Set { get; } = [];

        public Task SetLimitsAsync(string kind, JobKindLimits limits, CancellationToken cancellationToken)
        {
            if (Failures > 0)
            {
                Failures--;
                throw new IOException();
            }

            OnSet();
            Set.Add((kind, limits));
            return Task.CompletedTask;
        }

        public Task<bool> PauseAsync(string kind, string actor, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> ResumeAsync(string kind, string actor, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobKind>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
