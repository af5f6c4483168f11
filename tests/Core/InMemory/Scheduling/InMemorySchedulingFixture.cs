using Microsoft.Extensions.DependencyInjection;
using Switchyard.Conformance.Scheduling;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Switchyard.TestKit;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Gives the suites of scheduling the stores as <c>UseInMemory()</c> registers them.</summary>
internal sealed class InMemorySchedulingFixture : ISchedulingStoreFixture
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ServiceProvider _services;

    public InMemorySchedulingFixture()
    {
        var builder = new Builder(new ServiceCollection());
        builder.Services.AddSingleton<TimeProvider>(_clock);
        ((IJobsBuilder)builder).UseInMemory();
        ((ISchedulingBuilder)builder).UseInMemory().UseInMemory();
        _services = builder.Services.BuildServiceProvider();
    }

    public IAccountMembership Accounts => _services.GetRequiredService<IAccountMembership>();

    public IScheduleStore Schedules => _services.GetRequiredService<IScheduleStore>();

    public IWebhookStore Webhooks => _services.GetRequiredService<IWebhookStore>();

    public IExecutionStore Executions => _services.GetRequiredService<IExecutionStore>();

    public IRecurrenceStore Recurrences => _services.GetRequiredService<IRecurrenceStore>();

    public IJobStore Kernel => _services.GetRequiredService<IJobStore>();

    public DateTimeOffset Now => _clock.GetUtcNow();

    public int PropertyCases => 500;

    public static Task<ISchedulingStoreFixture> CreateAsync() => Task.FromResult<ISchedulingStoreFixture>(new InMemorySchedulingFixture());

    public Task AdvanceAsync(TimeSpan by)
    {
        _clock.Advance(by);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<(string Subject, int Replayed, long Matched)>> ReadAuditAsync() =>
        Task.FromResult<IReadOnlyList<(string, int, long)>>(
            [.. _services.GetRequiredService<SchedulingTables>().Audit.Select(row => (row.Subject, row.Replayed, row.Matched))]);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Builder(IServiceCollection services) : IJobsBuilder, ISchedulingBuilder
    {
        public IServiceCollection Services => services;
    }
}
