using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Scheduling.Receivers;
using Switchyard.TestKit;

namespace Switchyard.Scheduling;

/// <summary>All together: the kernel's own ticker and worker on a moved clock, and a real receiver.</summary>
public sealed class WorkerTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Ticker_fires_and_worker_delivers_until_the_dead_letter()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(503));
        await using var host = await SchedulingHost.StartAsync();
        var hosted = host.Services.GetServices<IHostedService>().ToArray();
        foreach (var service in hosted)
        {
            await service.StartAsync(Token);
        }

        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { Schedule = "5 8 * * *" });
        await Eventually.HoldsAsync(
            async () =>
            {
                host.Clock.Advance(TimeSpan.FromSeconds(2));
                return (await host.ExecutionsAsync(schedule.Id)).Any(row => row.Status == ExecutionStatus.DeadLetter);
            },
            "the dead letter",
            TimeSpan.FromMinutes(2));
        foreach (var service in hosted.Reverse())
        {
            await service.StopAsync(Token);
        }

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Failure, ExecutionStatus.DeadLetter], rows.Select(row => row.Status));
        Assert.Equal(3, receiver.Requests.Count);
        Assert.True(rows[1].StartedAt - rows[0].FinishedAt >= TimeSpan.FromSeconds(60));
        Assert.True(rows[2].StartedAt - rows[1].FinishedAt >= TimeSpan.FromSeconds(120));
    }
}
