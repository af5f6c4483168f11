using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Tests.Executors;

/// <summary>Calls back with tokens that a script noted, as the script itself or a thief would.</summary>
internal static class Callbacks
{
    public const string InvalidToken = """{"message":"The request needs a valid access token.","error":"Unauthorized","statusCode":401,"code":"unauthorized"}""";
    public const string UsedToken = """{"message":"The token is missing, invalid, expired, used or replaced by a later one.","error":"Unauthorized","statusCode":401,"code":"invalid_token"}""";
    public const string WrongRun = """{"message":"The credentials of the request do not allow this.","error":"Forbidden","statusCode":403,"code":"forbidden"}""";

    public static Task<(int Status, string Body)> InitAsync(HttpClient http, string url, string token) =>
        SendAsync(http, HttpMethod.Get, new Uri(url), token, null);

    public static Task<(int Status, string Body)> ReportDoneAsync(HttpClient http, string job, string token) =>
        SendAsync(http, HttpMethod.Post, StatusUrl(job), token, """{"action":"done","status":"success"}""");

    /// <summary>Reads from the job's JSON where the run's status goes.</summary>
    public static Uri StatusUrl(string job) => new((string)JsonNode.Parse(job)!["appUrls"]!["status"]!);

    private static async Task<(int Status, string Body)> SendAsync(HttpClient http, HttpMethod method, Uri url, string token, string? json)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
