using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore.Scheduling.Health;
using Switchyard.AspNetCore.Scheduling.Tests.Http;
using Switchyard.Scheduling;
using Switchyard.TestKit;

namespace Switchyard.AspNetCore.Scheduling.Tests.Health;

public sealed class CachedHealthTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _services;
    private readonly CountingScopes _scopes;
    private readonly CachedHealth _health;

    public CachedHealthTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        new KernelBuilder(services).UseInMemory();
        services.AddScheduling().UseInMemory();
        _services = services.BuildServiceProvider();
        _scopes = new CountingScopes(_services.GetRequiredService<IServiceScopeFactory>());
        var options = Options.Create(new SchedulingApiOptions());
        var probe = new HealthProbe(_scopes, options, Options.Create(new SchedulingOptions()), _time, NullLogger<HealthProbe>.Instance);
        _health = new CachedHealth(probe, options, _time);
    }

    [Fact]
    public async Task A_thousand_callers_within_a_second_make_one_look()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => _health.GetAsync(TestContext.Current.CancellationToken)));
        _time.Advance(TimeSpan.FromMilliseconds(999));
        await _health.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, _scopes.Count);
        Assert.All(all, health => Assert.Equal(("healthy", "connected", "stopped"), (health.Status, health.Database, health.SchedulerService)));
    }

    [Fact]
    public async Task After_a_second_the_database_is_asked_again()
    {
        await _health.GetAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _health.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, _scopes.Count);
    }

    public void Dispose() => _services.Dispose();

    private sealed class CountingScopes(IServiceScopeFactory inner) : IServiceScopeFactory
    {
        private int _count;

        public int Count => _count;

        public IServiceScope CreateScope()
        {
            Interlocked.Increment(ref _count);
            return inner.CreateScope();
        }
    }
}
