using Switchyard.Conformance.Ingest;

namespace Switchyard.InMemory.Ingest;

public sealed class InMemoryIngestJobStoreConformanceTests : IngestJobStoreConformance
{
    protected override Task<IIngestStoreFixture> CreateAsync() => InMemoryIngestFixture.CreateAsync();
}

public sealed class InMemoryIngestRunStoreConformanceTests : IngestRunStoreConformance
{
    protected override Task<IIngestStoreFixture> CreateAsync() => InMemoryIngestFixture.CreateAsync();
}

public sealed class InMemoryPartnerDirectoryConformanceTests : PartnerDirectoryConformance
{
    protected override Task<IIngestStoreFixture> CreateAsync() => InMemoryIngestFixture.CreateAsync();
}
