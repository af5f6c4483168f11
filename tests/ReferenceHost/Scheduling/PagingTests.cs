using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Every page is that part of the whole list that it says, of jobs, executions and webhooks alike (P-PG1, P-PG2, P-PG4).</summary>
public sealed class PagingTests : IAsyncLifetime
{
    private const int Count = 7;

    private readonly List<(string Path, string[] Ids)> _lists = [];
    private RunningHost _host = null!;
    private SchedulerClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync(("WORKER_ENABLED", "false"));
        _client = await SchedulerClient.OfAsync(_host.Http, "ada");
        List<JsonNode> jobs = [];
        for (var i = 0; i < Count; i++)
        {
            jobs.Add(await _client.CreateJobAsync(more: $",\"enabled\":{(i % 2 == 0 ? "true" : "false")}"));
        }

        List<string> webhooks = [], runs = [];
        for (var i = 0; i < Count; i++)
        {
            runs.Insert(0, (string)(await _client.PostAsync($"/api/jobs/{jobs[0]["id"]}/run")).Json["id"]!);
            webhooks.Add((string)(await _client.CreateWebhookAsync(jobs[1], "https://api.example.com/webhook"))["id"]!);
        }

        var list = $"/api/jobs?account_id={SchedulerClient.Account}";
        _lists.Add((list, [.. jobs.Select(job => (string)job["id"]!)]));
        _lists.Add((list + "&enabled=true", [.. jobs.Where(job => (bool)job["enabled"]!).Select(job => (string)job["id"]!)]));
        _lists.Add(($"/api/jobs/{jobs[0]["id"]}/executions?status=failure", [.. runs]));
        _lists.Add(($"/webhooks?job_id={jobs[1]["id"]}", [.. webhooks]));
    }

    [Fact]
    public void A_page_is_the_part_of_the_list_that_it_says() => Property.Holds(
        from list in Gen.Elements(_lists.ToArray())
        from skip in Gen.Frequency((4, Gen.Choose(0, Count)), (1, Gen.Choose(Count, int.MaxValue)))
        from limit in Gen.Frequency((4, Gen.Choose(1, Count)), (1, Gen.Choose(Count, 1000)))
        select (list.Path, list.Ids, Skip: skip, Limit: limit),
        page => page.Skip >= page.Ids.Length ? "beyond the end" : page.Skip + page.Limit < page.Ids.Length ? "in the middle" : "to the end",
        ["beyond the end", "in the middle", "to the end"],
        async page =>
        {
            var answer = await _client.GetAsync($"{page.Path}&skip={page.Skip}&limit={page.Limit}");

            Assert.Equal(200, answer.Status);
            Assert.Equal(page.Ids.Skip(page.Skip).Take(page.Limit), answer.Json["items"]!.AsArray().Select(item => (string)item!["id"]!));
            Assert.Equal(
                (page.Ids.Length, page.Skip, page.Limit), ((int)answer.Json["total"]!, (int)answer.Json["skip"]!, (int)answer.Json["limit"]!));
        },
        cases: 200);

    [Fact]
    public async Task Pages_put_together_are_the_whole_list()
    {
        foreach (var (path, ids) in _lists)
        {
            List<string> together = [];
            for (var skip = 0; skip < ids.Length; skip += 3)
            {
                together.AddRange((await _client.GetAsync($"{path}&skip={skip}&limit=3")).Json["items"]!.AsArray().Select(item => (string)item!["id"]!));
            }

            Assert.Equal(ids, together);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
