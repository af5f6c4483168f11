using System.Text.Json;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>The documented walk-through with curl, word for word but for host and token, against the host on its defaults.</summary>
public sealed class SeedWalkTests
{
    [Fact]
    public async Task Four_documented_steps_end_in_a_loaded_run()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://localhost:0",
            ["DATA_DIRECTORY"] = folder.Combine("data"),
        });
        var url = $"http://localhost:{host.BaseAddress.Port}";
        await File.WriteAllTextAsync(folder.Combine("input_file.csv"), "ID,SCORE\n1,1100\n2,1210\n3,990\n", TestContext.Current.CancellationToken);

        var token = Member(await Shell.RunAsync(folder, $$"""
            curl --silent --show-error --fail --request POST \
              --url {{url}}/dev-issuer/token \
              --header 'Content-Type: application/json' \
              --data '{
                "client_id": "dev",
                "client_secret": "dev",
                "audience": "{{url}}",
                "scope": "create:jobs partner:acme",
                "grant_type": "client_credentials"
              }'
            """), "access_token");
        var verified = await Shell.RunAsync(folder, $$"""
            curl --silent --show-error --fail --request POST \
              --url {{url}}/api/v1/token/verify \
              --header 'Authorization: Bearer {{token}}'
            """);
        var created = await Shell.RunAsync(folder, $$"""
            curl --silent --show-error --fail --request POST \
              --url {{url}}/api/v1/jobs \
              --header 'Authorization: Bearer {{token}}' \
              --header 'Content-Type: application/json' \
              --data '{
                "partner": "acme",
                "tenant": "acme",
                "bundle": "assessments/PSAT_SAT",
                "schoolYear": "2526",
                "files": {
                  "INPUT_FILE": "sat_results.csv"
                },
                "params": {
                  "TEST_TYPE": "SAT"
                }
              }'
            """);
        var uid = Member(created, "uid");
        using var answer = JsonDocument.Parse(created);
        var upload = answer.RootElement.GetProperty("uploadUrls").GetProperty("INPUT_FILE").GetString();
        await Shell.RunAsync(folder, $$"""
            curl --silent --show-error --fail -X PUT \
              -H "Content-Type: application/octet-stream" \
              --data-binary @input_file.csv \
              "{{upload}}"
            """);
        var started = await Shell.RunAsync(folder, $$"""
            curl --silent --show-error --fail --write-out '%{http_code}' -X POST \
              --url {{url}}/api/v1/jobs/{{uid}}/start \
              --header 'Authorization: Bearer {{token}}'
            """);

        Assert.Equal("202", started);
        using var verification = JsonDocument.Parse(verified);
        Assert.True(verification.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal("acme", Assert.Single(verification.RootElement.GetProperty("partners").EnumerateArray()).GetString());
        var run = await (await IngestClient.WithDevelopmentTokenAsync(host.Client)).EndedRunAsync(uid);
        Assert.Equal("success", run.GetProperty("status").GetString());
        var counts = run.GetProperty("summary").GetProperty("INPUT_FILE");
        Assert.Equal(
            (3, 0, 0),
            (counts.GetProperty("records_processed").GetInt32(), counts.GetProperty("records_skipped").GetInt32(), counts.GetProperty("records_failed").GetInt32()));
        Assert.Equal(3, Analytics.Rows(folder.Combine("data"), "acme", "acme", "assessments/PSAT_SAT__INPUT_FILE"));
    }

    private static string Member(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}
