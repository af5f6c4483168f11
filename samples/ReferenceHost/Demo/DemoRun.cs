using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>Shows the main job from end to end: a token, a job, an upload, a start, and what came of it.</summary>
internal sealed class DemoRun(DemoDisplay display, TimeProvider time, Func<string, string?> variable)
{
    private const string UsualUrl = "http://localhost:8080";
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the demo.</summary>
    /// <returns>0 when the run ended in success, 1 when anything failed, 130 when it was interrupted.</returns>
    public async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await RunOnHostAsync(options, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            display.Line("Interrupted.");
            return 130;
        }
        catch (DemoException failure)
        {
            display.Line($"The demo failed. {failure.Message}");
            return 1;
        }
        catch (SettingsException failure)
        {
            display.Line($"The demo failed. {failure.Message}");
            return 1;
        }
    }

    private async Task<int> RunOnHostAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        var folder = options.Folder is { } wanted ? Directory.CreateDirectory(wanted).FullName : Directory.CreateTempSubdirectory("switchyard-demo-").FullName;
        var input = await DemoInput.PrepareAsync(options, folder, cancellationToken);
        if (options.Url is not null)
        {
            return await RunStepsAsync(new(options, input, options.Url, Host: null), cancellationToken);
        }

        display.Line($"Starting a host of its own in {folder}");
        await using var host = await DemoHost.StartAsync(options, folder, variable, cancellationToken);
        return await RunStepsAsync(new(options, input, host.Url, host), cancellationToken);
    }

    private async Task<int> RunStepsAsync(Walk walk, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var client = new DemoClient(walk.Url);
        display.Line($"1. Token from {walk.Url.AbsoluteUri.TrimEnd('/')}/dev-issuer/token");
        await client.AuthenticateAsync(walk.Options.Partner, cancellationToken);

        var body = Body(walk.Options, walk.Input);
        var (uid, urls) = await client.CreateAsync(body, cancellationToken);
        display.Line($"2. Job {uid} created for {walk.Options.Partner}/{walk.Options.Tenant}, {walk.Options.Bundle}, {walk.Options.SchoolYear}");

        await display.RunAsync("3. Bytes uploaded", walk.Input.Bytes, show => UploadAsync(walk.Input, urls, show, cancellationToken));
        await client.StartAsync(uid, cancellationToken);
        DemoJob? job = null;
        await display.RunAsync("4. Rows loaded", walk.Input.Rows, async show => job = await FollowAsync(client, uid, show, cancellationToken));
        return Report(walk, uid, job!, body, time.GetElapsedTime(started));
    }

    private static async Task UploadAsync(DemoInput input, IReadOnlyDictionary<string, Uri> urls, Action<long> show, CancellationToken cancellationToken)
    {
        var sent = 0L;
        foreach (var (key, path) in input.Files)
        {
            var url = urls.GetValueOrDefault(key) ?? throw new DemoException($"Step 2 gave no upload URL for {key}.");
            await DemoClient.UploadAsync(url, path, bytes => show(sent += bytes), cancellationToken);
        }
    }

    private async Task<DemoJob> FollowAsync(DemoClient client, string uid, Action<long> show, CancellationToken cancellationToken)
    {
        while (true)
        {
            var job = await client.ReadAsync(uid, cancellationToken);
            show(job.Processed);
            if (job.HasEnded)
            {
                return job;
            }

            await Task.Delay(PollEvery, time, cancellationToken);
        }
    }

    private int Report(Walk walk, string uid, DemoJob job, JsonObject body, TimeSpan taken)
    {
        var location = walk.Host is null ? $"on the host at {walk.Url}" : AnalyticsFile.Path(walk.Host.Settings, walk.Options);
        var stored = walk.Host is null ? null : AnalyticsFile.CountRows(location, job.RunUid);
        display.Table(DemoReport.Table(uid, job, taken, location, stored));
        foreach (var error in job.Errors)
        {
            display.Line($"Error {error}");
        }

        display.Line("The same by hand:");
        if (walk.Host is not null)
        {
            display.Verbatim(DemoReport.HostCommand(walk.Host.Settings));
        }

        foreach (var command in DemoReport.Commands(walk.Host is null ? walk.Url.AbsoluteUri.TrimEnd('/') : UsualUrl, body, walk.Input))
        {
            display.Verbatim(command);
        }

        return Judge(job, stored);
    }

    private int Judge(DemoJob job, long? stored)
    {
        if (job.Status != "success")
        {
            display.Line($"The demo failed. The run ended as {job.Status}.");
            return 1;
        }

        if (stored is { } rows && rows != job.Processed - job.Skipped - job.Failed)
        {
            display.Line($"The demo failed. The database holds {rows} rows of this run, which is not what the run reports.");
            return 1;
        }

        return 0;
    }

    private static JsonObject Body(DemoOptions options, DemoInput input) => new()
    {
        ["partner"] = options.Partner,
        ["tenant"] = options.Tenant,
        ["bundle"] = options.Bundle,
        ["schoolYear"] = options.SchoolYear,
        ["files"] = Map(input.Files.Select(file => KeyValuePair.Create(file.Key, System.IO.Path.GetFileName(file.Value)))),
        ["params"] = Map(input.Params),
    };

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    /// <summary>What is walked through, and where.</summary>
    private sealed record Walk(DemoOptions Options, DemoInput Input, Uri Url, DemoHost? Host);
}
