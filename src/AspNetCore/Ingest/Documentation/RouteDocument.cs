using Microsoft.OpenApi;

namespace Switchyard.AspNetCore.Ingest.Documentation;

/// <summary>Describes a route in the OpenAPI document.</summary>
internal sealed record RouteDocument
{
    /// <summary>Gets the endpoint's name, prefixed by the surface; also the operation's id.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the tag that groups it.</summary>
    public required string Tag { get; init; }

    /// <summary>Gets what it does, in a line.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets what else there is to know.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the authentication scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>Gets the scopes that a token needs.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Gets the status of success, and the type of its body where there is one.</summary>
    public required (int Status, Type? Body) Success { get; init; }

    /// <summary>Gets the statuses of failure.</summary>
    public required IReadOnlyList<int> Errors { get; init; }

    /// <summary>Gets the type of the request's body, and an example of it.</summary>
    public (Type Type, string Example)? Body { get; init; }

    /// <summary>Gets parameters in query and headers.</summary>
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];
}
