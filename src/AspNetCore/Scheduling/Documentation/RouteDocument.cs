using Microsoft.OpenApi;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Describes a route in the OpenAPI document.</summary>
internal sealed record RouteDocument
{
    /// <summary>Gets the endpoint's name after the surface's prefix; also the operation's id.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the tag that groups it.</summary>
    public required string Tag { get; init; }

    /// <summary>Gets what it does, in a line.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets what else there is to know.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the status of success, and the type of its body where there is one.</summary>
    public required (int Status, Type? Body) Success { get; init; }

    /// <summary>Gets the statuses of failure; those of tokens and of the database are added.</summary>
    public IReadOnlyList<int> Errors { get; init; } = [];

    /// <summary>Gets the type of the request's body, and an example of it.</summary>
    public (Type Type, string Example)? Body { get; init; }

    /// <summary>Gets parameters in the query.</summary>
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];
}
