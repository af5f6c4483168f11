using PackageConsumer.Uses;

namespace PackageConsumer;

/// <summary>Uses every package once, as it was packed, by the very lines that its README shows; with <c>jobs</c>, does work to be killed at.</summary>
internal static class Program
{
    private static readonly (string Packages, Func<Task<string>> UseAsync)[] All =
    [
        ("Switchyard.Jobs, .Storage.EfCore, .Storage.EfCore.Sqlite", JobsOnSqlite.UseAsync),
        ("Switchyard.Abstractions, .InMemory", JobsInMemory.UseAsync),
        ("Switchyard.Ingest, .AspNetCore.Ingest", IngestOverHttp.UseAsync),
        ("Switchyard.Blobs.FileSystem, .AspNetCore.Blobs", FileBlobs.UseAsync),
        ("Switchyard.Blobs.S3", S3Blobs.UseAsync),
        ("Switchyard.Tokens, .AspNetCore.Tokens", TokensOverHttp.UseAsync),
        ("Switchyard.AspNetCore.Scheduling", SchedulerOverHttp.UseAsync),
        ("Switchyard.Outbound, .AspNetCore.WebhookReceiver", GuardedWebhooks.UseAsync),
        ("Switchyard.Storage.EfCore.PostgreSql", PostgreSql.UseAsync),
        ("Switchyard.Cron", CronInZones.UseAsync),
        ("Switchyard.Scheduling", ScheduledWebhooks.UseAsync),
        ("Switchyard.Conformance", ConformanceSuite.UseAsync),
    ];

    private static async Task<int> Main(string[] args)
    {
        if (args is [KilledJobs.Verb, .. var rest])
        {
            return await KilledJobs.RunAsync(rest);
        }

        // The snippets name files relative to the working directory.
        var start = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("switchyard-consumer-");
        Environment.CurrentDirectory = folder.FullName;
        var failed = 0;
        foreach (var (packages, useAsync) in All)
        {
            try
            {
                Console.WriteLine($"ok      {packages}: {await useAsync()}");
            }
            catch (Exception failure)
            {
                failed++;
                Console.WriteLine($"FAILED  {packages}: {failure}");
            }
        }

        Environment.CurrentDirectory = start;
        folder.Delete(recursive: true);
        return failed == 0 ? 0 : 1;
    }
}
