namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Represents the row of an account.</summary>
internal sealed class AccountEntity
{
    public Guid Id { get; set; }

    public string Owner { get; set; } = "";

    public string Name { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}
