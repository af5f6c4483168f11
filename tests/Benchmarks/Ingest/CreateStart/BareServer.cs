using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Switchyard.Benchmarks.Ingest.CreateStart;

/// <summary>The comparator, in a process of its own: minimal endpoints that make one INSERT, and so one commit, a request.</summary>
internal static class BareServer
{
    /// <summary>What this program is told so as to be the comparator; it is on no list.</summary>
    public const string Verb = "bare-server";

    /// <summary>Serves until it is killed. Arguments: connection string, and the length of an answer in bytes.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (connection, answerBytes) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default));
        await using var database = NpgsqlDataSource.Create(connection);
        await ExecuteAsync(database, "create table bare (id uuid primary key, body jsonb, at timestamptz not null)");
        var rest = new string('x', Math.Max(0, answerBytes - new BareAnswer(Guid.Empty, "").ToJson().Length));

        await using var app = builder.Build();
        app.MapPost("/create", async (BareSubmission body) =>
        {
            var id = Guid.NewGuid();
            await InsertAsync(database, id, JsonSerializer.Serialize(body, BareJson.Default.BareSubmission));
            return TypedResults.Json(new BareAnswer(id, rest), BareJson.Default.BareAnswer, statusCode: StatusCodes.Status201Created);
        });
        app.MapPost("/start", async () =>
        {
            await InsertAsync(database, Guid.NewGuid(), null);
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        });
        await app.StartAsync();
        Console.WriteLine($"Now listening on: {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task InsertAsync(NpgsqlDataSource database, Guid id, string? body)
    {
        await using var command = database.CreateCommand("insert into bare (id, body, at) values ($1, $2::jsonb, $3)");
        command.Parameters.AddWithValue(id);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)body ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.AddWithValue(TimeProvider.System.GetUtcNow());
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>What a client submits, as the reference host takes it.</summary>
internal sealed record BareSubmission(
    string Partner, string Tenant, string Bundle, string SchoolYear, Dictionary<string, string> Files, Dictionary<string, string> Params);

/// <summary>An answer of the length that the reference host's has.</summary>
internal sealed record BareAnswer(Guid Uid, string Rest)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BareJson.Default.BareAnswer);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BareSubmission))]
[JsonSerializable(typeof(BareAnswer))]
internal sealed partial class BareJson : JsonSerializerContext;
