using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs.Recurring.Ticking;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Recurring;

/// <summary>Nodes with clocks of their own on one in-memory store, whose clock the test has in hand too.</summary>
internal sealed class TickerHost : IAsyncDisposable
{
    private readonly List<ServiceProvider> _nodes = [];
    private readonly ServiceProvider _first;

    public TickerHost(Action<IJobsBuilder>? configure = null, Action<RecurringOptions>? options = null)
    {
        Configure = configure;
        Options = options;
        _first = AddNode(StoreClock, store: null);
    }

    public ManualTimeProvider StoreClock { get; } = new(PlannerSubject.Start);

    public FaultyRecurrenceStore Store { get; private set; } = null!;

    public IServiceProvider Services => _first;

    public IRecurringJobs Jobs => _first.GetRequiredService<IRecurringJobs>();

    public IJobStore Kernel => _first.GetRequiredService<IJobStore>();

    public TestLog Log { get; } = new();

    private Action<IJobsBuilder>? Configure { get; }

    private Action<RecurringOptions>? Options { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes another node, whose clock is its own.</summary>
    public RecurrenceTicker NewTicker(TimeProvider? clock = null) => TickerOf(AddNode(clock ?? StoreClock, Store));

    public static RecurrenceTicker TickerOf(IServiceProvider node) => node.GetServices<IHostedService>().OfType<RecurrenceTicker>().Single();

    public static RecurringJobDefinition NewJob(string name = "report", string expression = "*/10 * * * * *", MisfirePolicy misfire = MisfirePolicy.FireOnce) =>
        new() { Name = name, Expression = expression, Kind = "work", Payload = "{}", MisfirePolicy = misfire };

    /// <summary>Fires all that is due.</summary>
    public async Task TickAsync(RecurrenceTicker? ticker = null)
    {
        while (await (ticker ?? TickerOf(_first)).TickAsync(Cancellation))
        {
        }
    }

    public Task<IReadOnlyList<Occurrence>> LedgerOfAsync(Guid id) =>
        Store.ListOccurrencesAsync(id, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200), 100_000, Cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private ServiceProvider AddNode(TimeProvider clock, FaultyRecurrenceStore? store)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(Log)).AddMetrics();
        services.AddSingleton(clock);
        var builder = services.AddJobs(options => options.Retry.Randomizer = () => 0.5).UseInMemory();
        Configure?.Invoke(builder);
        services.Configure<RecurringOptions>(options => Options?.Invoke(options));
        var inMemory = services.Last(service => service.ServiceType == typeof(IRecurrenceStore));
        services.Remove(inMemory);
        services.AddSingleton<IRecurrenceStore>(provider => store ?? (Store = new FaultyRecurrenceStore((IRecurrenceStore)ActivatorUtilities.CreateInstance(provider, inMemory.ImplementationType!))));
        var node = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        node.GetRequiredService<IRecurrenceStore>();
        _nodes.Add(node);
        return node;
    }
}
