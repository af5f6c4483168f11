using Microsoft.Extensions.DependencyInjection;
using Switchyard.Conformance.Recurring;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.TestKit;

namespace Switchyard.InMemory.Recurring;

public sealed class InMemoryRecurrenceStoreConformanceTests : RecurrenceStoreConformance
{
    protected override Task<IRecurrenceStoreFixture> CreateAsync() => Task.FromResult<IRecurrenceStoreFixture>(new Memory());

    private sealed class Memory : IRecurrenceStoreFixture, IJobsBuilder
    {
        private readonly ManualTimeProvider _clock = new();
        private readonly ServiceProvider _services;

        public Memory()
        {
            Services.AddSingleton<TimeProvider>(_clock);
            this.UseInMemory();
            _services = Services.BuildServiceProvider();
        }

        public IServiceCollection Services { get; } = new ServiceCollection();

        public IRecurrenceStore Store => _services.GetRequiredService<IRecurrenceStore>();

        public IJobStore Kernel => _services.GetRequiredService<IJobStore>();

        public Task AdvanceAsync(TimeSpan by)
        {
            _clock.Advance(by);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => _services.DisposeAsync();
    }
}
