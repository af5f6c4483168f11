using Switchyard.Conformance.Jobs;
using Switchyard.Conformance.Jobs.Operations;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace PackageConsumer.Snippets;

public sealed class MyJobStoreTests : JobStoreConformance
{
    protected override Task<IJobStoreFixture> CreateAsync() => Task.FromResult<IJobStoreFixture>(new MyFixture());
}

internal sealed class MyFixture : IJobStoreFixture
{
    private readonly MyClock _clock = new();
    private readonly ServiceProvider _services;

    public MyFixture()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock);
        services.AddJobs().UseInMemory(); // your adapter
        _services = services.BuildServiceProvider();
    }

    public IJobStore Store => _services.GetRequiredService<IJobStore>();

    public IJobEffectProbe? Effects => null;

    public int PropertyCases => 500;

    public Task AdvanceAsync(TimeSpan by)
    {
        _clock.Now += by;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

public sealed class MyJobAdminTests : JobAdminConformance
{
    protected override Task<IJobOperationsFixture> CreateAsync() => Task.FromResult<IJobOperationsFixture>(new MyOperationsFixture());
}

internal sealed class MyOperationsFixture : IJobOperationsFixture
{
    private readonly MyClock _clock = new();
    private readonly ServiceProvider _services;

    public MyOperationsFixture()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock);
        services.AddJobs().UseInMemory(); // your adapters, over a database that holds nothing yet
        _services = services.BuildServiceProvider();
    }

    public IJobStore Store => _services.GetRequiredService<IJobStore>();

    public IJobAdmin Admin => _services.GetRequiredService<IJobAdmin>();

    public IJobKindStore Kinds => _services.GetRequiredService<IJobKindStore>();

    public INodeRegistry Nodes => _services.GetRequiredService<INodeRegistry>();

    public IJobJournal Journal => _services.GetRequiredService<IJobJournal>();

    public IJobMaintenance Maintenance => _services.GetRequiredService<IJobMaintenance>();

    public IJobEffectProbe? Effects => null;

    public int PropertyCases => 500;

    public Task AdvanceAsync(TimeSpan by)
    {
        _clock.Now += by;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

internal sealed class MyClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
