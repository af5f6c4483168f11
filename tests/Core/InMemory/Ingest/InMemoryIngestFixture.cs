using Microsoft.Extensions.DependencyInjection;
using Switchyard.Conformance.Ingest;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.TestKit;

namespace Switchyard.InMemory.Ingest;

/// <summary>Gives the ingest suites the stores as <c>UseInMemory()</c> registers them.</summary>
internal sealed class InMemoryIngestFixture : IIngestStoreFixture
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ServiceProvider _services;

    public InMemoryIngestFixture()
    {
        var builder = new Builder(new ServiceCollection());
        builder.Services.AddSingleton<TimeProvider>(_clock);
        ((IJobsBuilder)builder).UseInMemory();
        ((IIngestBuilder)builder).UseInMemory();
        _services = builder.Services.BuildServiceProvider();
    }

    public IIngestJobStore Jobs => _services.GetRequiredService<IIngestJobStore>();

    public IIngestRunStore Runs => _services.GetRequiredService<IIngestRunStore>();

    public IPartnerDirectory Partners => _services.GetRequiredService<IPartnerDirectory>();

    public IJobStore Kernel => _services.GetRequiredService<IJobStore>();

    public DateTimeOffset Now => _clock.GetUtcNow();

    public static Task<IIngestStoreFixture> CreateAsync() => Task.FromResult<IIngestStoreFixture>(new InMemoryIngestFixture());

    public Task AdvanceAsync(TimeSpan by)
    {
        _clock.Advance(by);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Builder(IServiceCollection services) : IJobsBuilder, IIngestBuilder
    {
        public IServiceCollection Services => services;
    }
}
