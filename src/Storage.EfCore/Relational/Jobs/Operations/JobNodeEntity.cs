namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Represents the row of a worker that was heard of.</summary>
internal sealed class JobNodeEntity
{
    public string Name { get; set; } = "";

    public string Version { get; set; } = "";

    /// <summary>A JSON array of texts.</summary>
    public string Kinds { get; set; } = "";

    public int Concurrency { get; set; }

    public int Running { get; set; }

    public int Buffered { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset SeenAt { get; set; }
}
