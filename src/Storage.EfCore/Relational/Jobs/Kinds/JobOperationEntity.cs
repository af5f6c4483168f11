namespace Switchyard.Storage.EfCore.Jobs.Kinds;

/// <summary>Represents the record of what a person did to a kind, or to many jobs.</summary>
internal sealed class JobOperationEntity
{
    public Guid Id { get; set; }

    public string Action { get; set; } = "";

    public string Actor { get; set; } = "";

    public string Reason { get; set; } = "";

    public string Target { get; set; } = "";

    public long Changed { get; set; }

    public DateTimeOffset At { get; set; }
}
