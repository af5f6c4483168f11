using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Recurring;
using Switchyard.Outbound;
using Switchyard.Secrets;
using Switchyard.TestKit;

namespace Switchyard.Scheduling;

/// <summary>Scheduling over in-memory stores, a manual clock, a kernel that a test drives by hand, and the kernel's own planner.</summary>
internal sealed class SchedulingHost : IAsyncDisposable
{
    public const string Ann = "user-ann";
    public const string Bob = "user-bob";
    public static readonly Guid Account = Guid.Parse("0195a000-0000-7000-8000-00000000000a");
    private readonly ServiceProvider _provider;

    private SchedulingHost(ServiceProvider provider, LogCapture logs)
    {
        _provider = provider;
        Logs = logs;
    }

    public LogCapture Logs { get; }

    public IServiceProvider Services => _provider;

    public ManualTimeProvider Clock => (ManualTimeProvider)_provider.GetRequiredService<TimeProvider>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public KernelPump Kernel => new(_provider);

    public IScheduleStore Schedules => _provider.GetRequiredService<IScheduleStore>();

    public IWebhookStore Webhooks => _provider.GetRequiredService<IWebhookStore>();

    public IExecutionStore Executions => _provider.GetRequiredService<IExecutionStore>();

    public IRecurrenceStore Recurrences => _provider.GetRequiredService<IRecurrenceStore>();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SchedulingHost> StartAsync(Action<SchedulingOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var logs = new LogCapture();
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        collection.AddSingleton<TimeProvider>(new ManualTimeProvider());
        collection.AddSingleton<ISecretProtector, TestProtector>();
        AddGuard(collection);
        services?.Invoke(collection);
        collection.AddJobs().UseInMemory();
        collection.AddScheduling(options =>
        {
            options.Randomizer = () => 0.5;
            options.WorkerId = "worker-1";
            configure?.Invoke(options);
        }).UseInMemory();
        var provider = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        foreach (var requirements in provider.GetServices<IHostedService>().OfType<SchedulingRequirements>())
        {
            await requirements.StartAsync(Token);
        }

        return new SchedulingHost(provider, logs);
    }

    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = _provider.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public WatchedGuard Guard => (WatchedGuard)_provider.GetRequiredService<IOutboundGuard>();

    public Task<T> OnSchedules<T>(Func<ScheduleService, Task<T>> use) => UseAsync(use);

    public Task<T> OnWebhooks<T>(Func<WebhookService, Task<T>> use) => UseAsync(use);

    public Task<T> OnExecutions<T>(Func<ExecutionService, Task<T>> use) => UseAsync(use);

    public static CreateSchedule Every5Minutes { get; } = new() { AccountId = Account, Name = "Daily Backup", Schedule = "*/5 * * * *", Type = 1 };

    public async Task<Schedule> ScheduleAsync(Func<CreateSchedule, CreateSchedule>? change = null) =>
        Assert.IsType<ScheduleResult.Done>(await OnSchedules(service => service.CreateAsync(Ann, change?.Invoke(Every5Minutes) ?? Every5Minutes, Token))).Schedule;

    /// <summary>Makes a webhook that posts to a URL, and gives its secret too.</summary>
    public async Task<(WebhookDetails Webhook, string Secret)> WebhookAsync(Guid schedule, string url, Func<CreateWebhook, CreateWebhook>? change = null)
    {
        var request = new CreateWebhook { JobId = schedule, Url = url, Method = "POST", BodyTemplate = """{"id":"{{execution_id}}","attempt":{{attempt}}}""" };
        var done = Assert.IsType<WebhookResult.Done>(await OnWebhooks(service => service.CreateAsync(Ann, change?.Invoke(request) ?? request, Token)));
        return (done.Webhook, done.SigningSecret!);
    }

    /// <summary>Makes a schedule with one webhook.</summary>
    public async Task<(Schedule Schedule, WebhookDetails Webhook)> ScheduleToAsync(
        string url, Func<CreateWebhook, CreateWebhook>? webhook = null, Func<CreateSchedule, CreateSchedule>? schedule = null)
    {
        var made = await ScheduleAsync(schedule);
        return (made, (await WebhookAsync(made.Id, url, webhook)).Webhook);
    }

    /// <summary>Fires what is due, as the kernel's ticker does.</summary>
    public Task<RecurrenceTick> TickAsync()
    {
        var planner = _provider.GetRequiredService<IOccurrencePlanner>();
        return Recurrences.FireAsync(100, (due, now) => [.. due.Select(one => planner.Plan(one, now))], Token);
    }

    /// <summary>Moves the clock to the next instant of a schedule, and fires it.</summary>
    public async Task FireAsync(Guid schedule)
    {
        var next = (await Schedules.FindAsync(schedule, Token))!.Recurrence.NextAt!.Value;
        Clock.Advance(next - Now);
        await TickAsync();
    }

    /// <summary>Gets the executions of a schedule, the oldest first.</summary>
    public async Task<IReadOnlyList<Execution>> ExecutionsAsync(Guid schedule)
    {
        var page = await Executions.ListAsync(new() { ScheduleId = schedule, Limit = 1000 }, Token);
        var rows = new List<Execution>();
        foreach (var row in page.Items.OrderBy(row => row.ScheduledAt).ThenBy(row => row.RootId).ThenBy(row => row.Attempt))
        {
            rows.Add((await Executions.FindAsync(row.Id, Token))!);
        }

        return rows;
    }

    private static void AddGuard(ServiceCollection services)
    {
        services.AddOutboundGuard(options => options.AllowedNetworks.Add("127.0.0.1/32"));
        var guard = services.Single(service => service.ServiceType == typeof(IOutboundGuard));
        services.Remove(guard);
        services.AddSingleton<IOutboundGuard>(provider => new WatchedGuard((IOutboundGuard)(
            guard.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, guard.ImplementationType!))));
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
