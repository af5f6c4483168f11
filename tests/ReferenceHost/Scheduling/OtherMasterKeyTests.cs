using System.Security.Cryptography;
using Npgsql;
using Switchyard.ReferenceHost.Hosting;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Nodes on one PostgreSQL open each other's secrets, and one with another master key doesn't even start.</summary>
public sealed class OtherMasterKeyTests
{
    [Fact]
    public async Task A_node_opens_what_another_sealed_if_it_has_the_same_key()
    {
        var server = PostgresServer.Get();
        var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Database;
        var url = $"postgres://postgres@localhost/{database}?host={server.SocketFolder}";
        var (key, other) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await using var first = await StartAsync(url, key);
        var client = await SchedulerClient.OfAsync(first.Http, "ada");
        var webhook = await client.CreateWebhookAsync(await client.CreateJobAsync(), "https://api.example.com/webhook", ""","headers":{"Authorization":"Bearer api-key"}""");

        await using var second = await StartAsync(url, key);
        var read = await (await SchedulerClient.OfAsync(second.Http, "ada")).GetAsync($"/webhooks/{webhook["id"]}");
        var failure = await Assert.ThrowsAsync<CryptographicException>(() => StartAsync(url, other));

        Assert.Equal("Bearer api-key", (string?)read.Json["headers"]!["Authorization"]);
        Assert.StartsWith("MASTER_KEY is not the key", Assert.Single(StartupFailure.Explain(failure)!), StringComparison.Ordinal);
    }

    private static Task<RunningHost> StartAsync(string url, string key) => RunningHost.StartAsync(("DATABASE_URL", url), ("MASTER_KEY", key), ("WORKER_ENABLED", "false"));
}
