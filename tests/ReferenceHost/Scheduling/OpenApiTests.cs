using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.ReferenceHost.Tests.Security;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>The document of the scheduler, as tools read it.</summary>
public sealed class OpenApiTests(DevelopmentHost fixture) : IClassFixture<DevelopmentHost>
{
    [Fact]
    public async Task Every_route_is_described_with_name_answers_and_who_may_call()
    {
        var document = await DocumentAsync();
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Route: $"{operation.Key.ToUpperInvariant()} {path.Key}", Operation: operation.Value!)))
            .ToList();

        Assert.Equal(
            SchedulerRoutes.All.Select(route => $"{route.Method} {route.Pattern}").Concat(["GET /health", "GET /health/detailed"]).Order(StringComparer.Ordinal),
            operations.Select(operation => operation.Route).Order(StringComparer.Ordinal));
        Assert.Equal(operations.Count, operations.Select(operation => (string?)operation.Operation["operationId"]).Distinct().Count());
        Assert.All(operations, operation =>
        {
            Assert.StartsWith("scheduler.", (string?)operation.Operation["operationId"], StringComparison.Ordinal);
            Assert.NotEqual("", (string?)operation.Operation["summary"] ?? "");
            var isOpen = operation.Route.Contains("/health", StringComparison.Ordinal);
            Assert.Equal(isOpen ? "[]" : """[{"scheduler":[]}]""", operation.Operation["security"]?.ToJsonString() ?? "[]");
            Assert.Equal(!isOpen, operation.Operation["responses"]!.AsObject().ContainsKey("401"));
        });
    }

    [Fact]
    public async Task Creating_a_job_is_described_with_body_example_and_answer()
    {
        var document = await DocumentAsync();
        var create = document["paths"]!["/api/jobs"]!["post"]!;
        var body = create["requestBody"]!["content"]!["application/json"]!;

        Assert.Equal(["account_id", "name", "schedule", "type"], Resolve(document, body["schema"]!)["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("Daily Backup", (string?)body["example"]!["name"]);
        Assert.Contains("next_run_at", Resolve(document, create["responses"]!["201"]!["content"]!["application/json"]!["schema"]!)["properties"]!.AsObject().Select(member => member.Key));
        Assert.Equal(
            ["detail", "error_code", "status_code", "trace_id"],
            Resolve(document, create["responses"]!["400"]!["content"]!["application/json"]!["schema"]!)["properties"]!.AsObject().Select(member => member.Key));
        Assert.Equal(
            ["account_id", "enabled", "skip", "limit"],
            document["paths"]!["/api/jobs"]!["get"]!["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!));
    }

    private async Task<JsonNode> DocumentAsync() =>
        JsonNode.Parse(await fixture.Host.Http.GetStringAsync("/openapi/scheduler.json", TestContext.Current.CancellationToken))!;

    private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;
}
