using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Scheduling.Receivers;
using Switchyard.TestKit;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Receivers that accept and never answer, beside others: the kernel's own workers, the real clock, Kestrel.</summary>
public sealed class HangingReceiverTests
{
    private const int Hanging = 3;
    private const int Runs = 20;

    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Half_of_the_receivers_hang_and_the_deliveries_of_the_others_go_on()
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hung = await KestrelReceiver.StartAsync(context => released.Task.WaitAsync(context.RequestAborted));
        await using var good = await KestrelReceiver.StartAsync();
        await using var host = await StartAsync();
        var hangs = await SchedulesAsync(host, hung);
        var answers = await SchedulesAsync(host, good);

        // More than there are slots: without places of their own these would hold all of them for 30 seconds.
        await RunAsync(host, hangs);
        await Eventually.HoldsAsync(() => !hung.Requests.IsEmpty, "a request that hangs");
        await RunAsync(host, answers);

        await Eventually.HoldsAsync(() => good.Requests.Count == Hanging * Runs, "all deliveries to receivers that answer", TimeSpan.FromSeconds(20));
        Assert.False(released.Task.IsCompleted);
        Assert.All(await RowsAsync(host, hangs), row => Assert.Contains(row.Status, new[] { ExecutionStatus.Queued, ExecutionStatus.Running }));
        Assert.All(await RowsAsync(host, hangs), row => Assert.Equal(1, row.Attempt));

        // What waited is delivered in its first attempt, once.
        released.SetResult();
        await Eventually.HoldsAsync(async () => (await RowsAsync(host, hangs)).All(row => row.Status == ExecutionStatus.Success), "all that had waited", TimeSpan.FromMinutes(1));
        var rows = await RowsAsync(host, hangs);
        Assert.Equal(Hanging * Runs, rows.Count);
        Assert.All(rows, row => Assert.Equal(1, row.Attempt));
        Assert.Equal(rows.Select(row => row.RootId.ToString("D")).Order(), hung.Requests.Select(request => request.Headers["webhook-id"]).Order());
        await StopAsync(host);
    }

    private static async Task<SchedulingHost> StartAsync()
    {
        var host = await SchedulingHost.StartAsync(
            options => (options.DeliveryConcurrency, options.DeliveriesPerWebhook, options.SlowDeliveryConcurrency) = (16, 4, 2),
            services => services.AddSingleton(TimeProvider.System).AddOutboundGuard(options => options.ConnectionsPerHost = 100));
        foreach (var service in host.Services.GetServices<IHostedService>())
        {
            await service.StartAsync(Token);
        }

        return host;
    }

    private static async Task StopAsync(SchedulingHost host)
    {
        foreach (var service in host.Services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(Token);
        }
    }

    private static async Task<IReadOnlyList<Guid>> SchedulesAsync(SchedulingHost host, KestrelReceiver receiver)
    {
        var schedules = new List<Guid>();
        for (var i = 0; i < Hanging; i++)
        {
            schedules.Add((await host.ScheduleToAsync(receiver.Url)).Schedule.Id);
        }

        return schedules;
    }

    private static async Task RunAsync(SchedulingHost host, IReadOnlyList<Guid> schedules)
    {
        for (var run = 0; run < Runs; run++)
        {
            foreach (var schedule in schedules)
            {
                Assert.IsType<RunResult.Stored>(await host.OnSchedules(service => service.RunAsync(SchedulingHost.Ann, schedule, Token)));
            }
        }
    }

    private static async Task<IReadOnlyList<Execution>> RowsAsync(SchedulingHost host, IReadOnlyList<Guid> schedules)
    {
        var rows = new List<Execution>();
        foreach (var schedule in schedules)
        {
            rows.AddRange(await host.ExecutionsAsync(schedule));
        }

        return rows;
    }
}
