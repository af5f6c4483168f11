using System.Net.Http.Json;
using System.Text.Json;

namespace Switchyard.Benchmarks.Ingest.CreateStart;

/// <summary>Walks many jobs through the documented steps, each step for all of them at once.</summary>
internal sealed class IngestLoad
{
    /// <summary>What is submitted; the comparator gets the same.</summary>
    public const string Submission =
        """{"partner":"acme","tenant":"acme","bundle":"assessments/PSAT_SAT","schoolYear":"2526","files":{"INPUT_FILE":"sat_results.csv"},"params":{"TEST_TYPE":"SAT"}}""";

    private readonly LoopbackClient _client;
    private readonly Uri _host;

    private IngestLoad(LoopbackClient client, Uri host, string token)
    {
        _client = client;
        _host = host;
        Token = token;
    }

    /// <summary>Gets the token of every request: only its first use costs a signature check.</summary>
    public string Token { get; }

    /// <summary>Gets the length of an answer to a submission.</summary>
    public int AnswerBytes { get; private set; }

    public static async Task<IngestLoad> BeginAsync(LoopbackClient client, Uri host)
    {
        using var http = new HttpClient { BaseAddress = host };
        using var answer = await http.PostAsJsonAsync("/dev-issuer/token", new
        {
            client_id = "dev",
            client_secret = "dev",
            audience = host.GetLeftPart(UriPartial.Authority),
            scope = "create:jobs partner:acme",
            grant_type = "client_credentials",
        });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var load = new IngestLoad(client, host, token.GetProperty("access_token").GetString()!);
        var (bodies, _) = await client.SendAsync(load.Creates(1), 201);
        load.AnswerBytes = Json(bodies[0]).Length;
        return load;
    }

    public async Task<((Guid Uid, Uri Upload)[] Jobs, double Seconds)> CreateAsync(int jobs)
    {
        var (bodies, seconds) = await _client.SendAsync(Creates(jobs), 201);
        return ([.. bodies.Select(Read)], seconds);
    }

    public Task UploadAsync((Guid Uid, Uri Upload)[] jobs) => _client.SendAsync(
        [.. jobs.Select(job => LoopbackClient.Request("PUT", job.Upload, contentType: "application/octet-stream", body: "ID,SCORE\n1,1100\n2,1210\n3,990\n"))], 200);

    public async Task<double> StartAsync((Guid Uid, Uri Upload)[] jobs)
    {
        var (_, seconds) = await _client.SendAsync([.. jobs.Select(job => LoopbackClient.Request("POST", new Uri(_host, $"/api/v1/jobs/{job.Uid}/start"), Token))], 202);
        return seconds;
    }

    private static (Guid Uid, Uri Upload) Read(string body)
    {
        using var json = JsonDocument.Parse(Json(body));
        return (json.RootElement.GetProperty("uid").GetGuid(), new Uri(json.RootElement.GetProperty("uploadUrls").GetProperty("INPUT_FILE").GetString()!));
    }

    // Less the frame of its one chunk, if it came in one.
    private static string Json(string body) => body[body.IndexOf('{', StringComparison.Ordinal)..(body.LastIndexOf('}') + 1)];

    private byte[][] Creates(int jobs) =>
        [.. Enumerable.Repeat(LoopbackClient.Request("POST", new Uri(_host, "/api/v1/jobs"), Token, "application/json", Submission), jobs)];
}
