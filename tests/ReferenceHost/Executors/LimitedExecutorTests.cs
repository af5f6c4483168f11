using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Executors;

/// <summary>Executors that never report: their run ends by its time limit, or begins anew after the host was killed.</summary>
public sealed class LimitedExecutorTests
{
    private const string Timeout = """[{"code":"executor_timeout","message":"The run was not finished within its time limit of 4 seconds."}]""";

    [Fact]
    public async Task Script_that_hangs_is_gone_with_all_its_children_after_the_time_limit()
    {
        await using var host = await ExecutorHost.StartAsync("command", timeoutSeconds: 4);
        var uid = await host.StartJobAsync("hang");
        await Eventually.HoldsAsync(() => host.Noted("hang.pids").Length == 3, "the script has started its children");

        var run = await host.Client.EndedRunAsync(uid);

        Assert.Equal("error", run.GetProperty("status").GetString());
        Assert.Equal(Timeout, run.GetProperty("errors").GetRawText());
        foreach (var pid in host.Noted("hang.pids"))
        {
            await Eventually.HoldsAsync(() => !ExecutorHost.IsAlive(pid), $"process {pid} is gone");
        }

        Assert.Single(host.Noted("hang.access"));
    }

    [Fact]
    public async Task Run_that_nobody_fetches_ends_by_the_time_limit_and_may_start_again()
    {
        await using var host = await ExecutorHost.StartAsync("callback", timeoutSeconds: 4);
        var uid = await host.StartJobAsync("good");

        var run = await host.Client.EndedRunAsync(uid);

        Assert.Equal("error", run.GetProperty("status").GetString());
        Assert.Equal(Timeout, run.GetProperty("errors").GetRawText());
        await host.Client.StartAsync(uid);
        Assert.Equal(2, (await host.Client.JobAsync(uid)).GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task Command_dies_with_its_host_and_its_run_ends_once_after_the_restart()
    {
        await using var host = await ExecutorHost.StartAsync("command", timeoutSeconds: 120, leaseSeconds: 5);
        var uid = await host.StartJobAsync("orphan");
        await Eventually.HoldsAsync(() => host.Noted("orphan.pids").Length == 2, "the script is at work");

        await host.KillAsync();
        foreach (var pid in host.Noted("orphan.pids"))
        {
            await Eventually.HoldsAsync(() => !ExecutorHost.IsAlive(pid), $"orphan {pid} is gone");
        }

        await host.RestartAsync();
        var run = await host.Client.EndedRunAsync(uid);

        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal(0, run.GetProperty("errors").GetArrayLength());
        Assert.Equal(1, (await host.Client.JobAsync(uid)).GetProperty("runs").GetArrayLength());
        var job = await File.ReadAllTextAsync(Path.Combine(host.Notes, "orphan.job"), TestContext.Current.CancellationToken);
        Assert.Equal(2, host.Noted("orphan.access").Length);
        Assert.Equal((401, Callbacks.InvalidToken), await Callbacks.ReportDoneAsync(host.Http, job, host.Noted("orphan.access")[0]));
        Assert.Equal((401, Callbacks.InvalidToken), await Callbacks.InitAsync(host.Http, host.Noted("orphan.url")[0], host.Noted("orphan.init")[0]));
        Assert.Equal((201, ""), await Callbacks.ReportDoneAsync(host.Http, job, host.Noted("orphan.access")[1]));
    }
}
