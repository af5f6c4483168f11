namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Represents the row of a run.</summary>
internal sealed class IngestRunEntity
{
    public Guid Uid { get; set; }

    public Guid JobUid { get; set; }

    /// <summary>Gets or sets which run of its job this is, counted from 1.</summary>
    public int Number { get; set; }

    public int Status { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? Engine { get; set; }

    public string? Summary { get; set; }

    public string? UnmatchedIds { get; set; }

    public string? LogTail { get; set; }

    public long Fence { get; set; }

    /// <summary>Gets or sets whether the attempt waits for an executor that runs elsewhere.</summary>
    public bool Waiting { get; set; }

    public long? InitializedFence { get; set; }

    public DateTimeOffset? HandedOutAt { get; set; }

    /// <summary>Gets or sets the names, a JSON array.</summary>
    public string? OutputFiles { get; set; }
}

/// <summary>Represents the row of an error of a run.</summary>
internal sealed class IngestRunErrorEntity
{
    public long Id { get; set; }

    public Guid RunUid { get; set; }

    public string Code { get; set; } = "";

    public string Message { get; set; } = "";

    public string? Payload { get; set; }
}

/// <summary>Represents the row of a status that an executor reported.</summary>
internal sealed class IngestRunUpdateEntity
{
    public Guid RunUid { get; set; }

    public string Action { get; set; } = "";

    public string State { get; set; } = "";

    public DateTimeOffset ReceivedAt { get; set; }
}
