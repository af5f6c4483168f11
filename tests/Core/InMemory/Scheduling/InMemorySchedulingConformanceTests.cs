using Switchyard.Conformance.Scheduling;

namespace Switchyard.InMemory.Scheduling;

public sealed class InMemoryAccountMembershipConformanceTests : AccountMembershipConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => InMemorySchedulingFixture.CreateAsync();
}

public sealed class InMemoryScheduleStoreConformanceTests : ScheduleStoreConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => InMemorySchedulingFixture.CreateAsync();
}

public sealed class InMemoryWebhookStoreConformanceTests : WebhookStoreConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => InMemorySchedulingFixture.CreateAsync();
}

public sealed class InMemoryExecutionStoreConformanceTests : ExecutionStoreConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => InMemorySchedulingFixture.CreateAsync();
}
