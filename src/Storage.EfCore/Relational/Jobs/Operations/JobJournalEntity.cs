namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Represents what the latest attempt of a job has reported.</summary>
/// <remarks>No foreign key: it would lock the job's row at every write. Who removes a job removes its journal.</remarks>
internal sealed class JobJournalEntity
{
    public Guid JobId { get; set; }

    public long Token { get; set; }

    public int Attempt { get; set; }

    public double? Percent { get; set; }

    public string? Message { get; set; }

    /// <summary>A JSON array: see <see cref="JournalLines"/>.</summary>
    public string Lines { get; set; } = "";

    public DateTimeOffset WrittenAt { get; set; }
}
