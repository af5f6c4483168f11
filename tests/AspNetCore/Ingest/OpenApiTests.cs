using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.AspNetCore.Ingest.Tests.Http;

namespace Switchyard.AspNetCore.Ingest.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_ingest_describes_every_route()
    {
        await using var app = await StartAsync();

        var document = (await app.GetAsync("/openapi/ingest.json")).Json;

        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!))
            .ToList();
        Assert.Equal(12, operations.Count);
        Assert.All(operations, operation =>
        {
            Assert.StartsWith("ingest.", (string?)operation["operationId"], StringComparison.Ordinal);
            Assert.NotEqual("", (string?)operation["summary"] ?? "");
            Assert.Single(operation["tags"]!.AsArray());
            Assert.Single(operation["security"]!.AsArray());
            Assert.NotNull(operation["responses"]!["401"]!["content"]!["application/json"]!["schema"]);
        });
    }

    [Fact]
    public async Task Creating_a_job_is_described_with_body_example_header_scope_and_answer()
    {
        await using var app = await StartAsync();

        var document = (await app.GetAsync("/openapi/ingest.json")).Json;

        var create = document["paths"]!["/api/v1/jobs"]!["post"]!;
        var body = create["requestBody"]!["content"]!["application/json"]!;
        var schema = Resolve(document, body["schema"]!);
        Assert.Equal(["partner", "tenant", "bundle", "schoolYear", "files"], schema["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("SAT", (string?)body["example"]!["params"]!["TEST_TYPE"]);
        Assert.Equal("Idempotency-Key", (string?)Assert.Single(create["parameters"]!.AsArray())!["name"]);
        Assert.Equal("""[{"ingest":["create:jobs"]}]""", create["security"]!.ToJsonString());
        Assert.Equal(["uid", "uploadUrls"], Resolve(document, create["responses"]!["201"]!["content"]!["application/json"]!["schema"]!)["properties"]!.AsObject().Select(member => member.Key));
        Assert.Equal(
            """{"type":"http","scheme":"bearer","bearerFormat":"JWT"}""",
            document["components"]!["securitySchemes"]!["ingest"]!.ToJsonString());
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;

    private static Task<IngestApp> StartAsync() => IngestApp.StartAsync(
        builder => builder.Services.AddOpenApi("ingest"),
        routes => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous());
}
