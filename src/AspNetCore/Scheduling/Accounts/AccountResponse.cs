using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Accounts;

/// <summary>Represents an account (contract 5).</summary>
internal sealed record AccountResponse
{
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTime CreatedAt { get; init; }

    public static AccountResponse From(Account account) => new() { Id = account.Id, Name = account.Name, CreatedAt = account.CreatedAt.ToWire() };
}
