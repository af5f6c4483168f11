using Switchyard.Ingest;

namespace Switchyard.InMemory.Ingest;

/// <summary>Keeps the rows of ingest. Whoever uses them holds the gate of the <see cref="InMemoryDatabase"/>.</summary>
internal sealed class IngestTables
{
    /// <summary>Gets the jobs, without runs.</summary>
    public Dictionary<Guid, IngestJob> Jobs { get; } = [];

    public Dictionary<Guid, IngestRunRow> Runs { get; } = [];

    public Dictionary<(string Issuer, string ClientId, string Key), IdempotencyRow> IdempotencyKeys { get; } = [];

    public Dictionary<string, Partner> Partners { get; } = new(StringComparer.Ordinal);

    public IEnumerable<IngestRun> RunsOf(Guid jobUid) =>
        Runs.Values.Where(row => row.Run.JobUid == jobUid).OrderBy(row => row.Order).Select(row => row.Run);
}

/// <summary>Represents a used idempotency key.</summary>
internal sealed record IdempotencyRow(string BodyHash, Guid JobUid, DateTimeOffset StoredAt);
