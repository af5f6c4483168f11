using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Describes query parameters.</summary>
internal static class QueryDocument
{
    /// <summary>Gets the two parameters of a page (seed 4).</summary>
    public static OpenApiParameter[] Page { get; } =
    [
        Number("skip", "How many to pass over.", "0", null, 0),
        Number("limit", "How many to give at the most.", "1", Paging.MaxLimit.ToString(CultureInfo.InvariantCulture), Paging.DefaultLimit),
    ];

    public static OpenApiParameter Id(string name, string description, bool required = false) =>
        Of(name, description, new() { Type = JsonSchemaType.String, Format = "uuid" }, required);

    public static OpenApiParameter Flag(string name, string description) => Of(name, description, new() { Type = JsonSchemaType.Boolean });

    public static OpenApiParameter Instant(string name, string description) => Of(name, description, new() { Type = JsonSchemaType.String, Format = "date-time" });

    public static OpenApiParameter Choice(string name, string description, IEnumerable<string> values) =>
        Of(name, description, new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => JsonValue.Create(value))] });

    public static OpenApiParameter Number(string name, string description, string minimum, string? maximum, int standard) =>
        Of(name, description, new() { Type = JsonSchemaType.Integer, Format = "int32", Default = standard, Minimum = minimum, Maximum = maximum });

    private static OpenApiParameter Of(string name, string description, OpenApiSchema schema, bool required = false) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema, Required = required };
}
