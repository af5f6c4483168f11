using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>The services of one node, wired as a user would.</summary>
internal sealed class TestNode : IJobsBuilder, IIngestBuilder, ISchedulingBuilder, IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public TestNode(Action<DbContextOptionsBuilder> database, TimeProvider? clock = null)
    {
        Services.AddDbContext<AppDbContext>(options => database(options));
        Services.AddSingleton<IJobSignal>(Signal);
        Services.AddSingleton(clock ?? TimeProvider.System);
        JobsBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
        IngestBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
        SchedulingBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
        _provider = Services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public IServiceCollection Services { get; } = new ServiceCollection();

    public TestSignal Signal { get; } = new();

    public IServiceProvider Provider => _provider;

    public IJobStore Jobs => _provider.GetRequiredService<IJobStore>();

    public IHostedService Listener => _provider.GetServices<IHostedService>().Single();

    /// <summary>Makes the suite's tables, then the user's own, as two migrations would.</summary>
    public async Task MigrateAsync()
    {
        await _provider.MigrateSwitchyardAsync<AppDbContext>(TestContext.Current.CancellationToken);
        await WithContextAsync(async context =>
        {
            await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(TestContext.Current.CancellationToken);
            return true;
        });
    }

    public async Task<T> WithContextAsync<T>(Func<AppDbContext, Task<T>> work)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    public Task<List<string>> ReadNotesAsync() =>
        WithContextAsync(context => context.Notes.OrderBy(note => note.Id).Select(note => note.Text).ToListAsync(TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
