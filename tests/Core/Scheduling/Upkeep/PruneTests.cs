using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Explaining;
using Switchyard.Scheduling.Receivers;

namespace Switchyard.Scheduling.Upkeep;

public sealed class PruneTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task What_is_older_than_retention_is_removed_and_explained_as_such()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { Schedule = "0 9 * * *" });
        for (var day = 0; day < 4; day++)
        {
            await host.FireAsync(schedule.Id);
            await host.Kernel.RunAllAsync();
        }

        host.Clock.Advance(TimeSpan.FromDays(88));
        var oldest = (await host.ExecutionsAsync(schedule.Id))[0].ScheduledAt;
        await Timer(host).EnqueueAsync(Token);
        await host.Kernel.RunAllAsync();

        var left = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal(3, left.Count);
        var before = (await ExplainTests.ExplainAsync(host, schedule.Id, oldest, oldest)).Instants.Single();
        Assert.Equal((InstantOutcome.Fired, true), (before.Outcome, before.Why.Contains("executions are no longer kept", StringComparison.Ordinal)));

        // As the kernel does, whose the ledger is.
        Assert.Equal(1, await host.Services.GetRequiredService<IRecurrenceStore>().PruneAsync(TimeSpan.FromDays(90), 1_000, Token));
        var told = await ExplainTests.ExplainAsync(host, schedule.Id, oldest, oldest.AddDays(1));
        Assert.Equal([InstantOutcome.NoLongerRecorded, InstantOutcome.Fired], told.Instants.Select(instant => instant.Outcome));
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Information 8 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_nodes_one_gets_a_job_in_an_interval()
    {
        await using var host = await SchedulingHost.StartAsync();
        await Timer(host).EnqueueAsync(Token);
        await Timer(host).EnqueueAsync(Token);

        Assert.Equal(1, await host.Kernel.RunAllAsync());
        await Timer(host).EnqueueAsync(Token);
        Assert.Equal(0, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromHours(1));
        await Timer(host).EnqueueAsync(Token);

        Assert.Equal(1, await host.Kernel.RunAllAsync());
    }

    private static PruneTimer Timer(SchedulingHost host) => host.Services.GetServices<IHostedService>().OfType<PruneTimer>().Single();
}
