using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Accounts;

/// <summary>Represents the body of a request to make an account; read by <see cref="BodyFields"/>, here for the documentation.</summary>
internal sealed record CreateAccountRequest
{
    [JsonPropertyName("id")]
    public Guid? Id { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }
}
