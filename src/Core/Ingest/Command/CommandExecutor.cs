using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Ingest.Callbacks;
using Switchyard.Ingest.Execution;

namespace Switchyard.Ingest.Command;

/// <summary>Starts a configured command for each run; the command calls back, and ends the run by reporting <c>done</c>.</summary>
internal sealed partial class CommandExecutor(
    IIngestRunStore runs,
    IBlobStore blobs,
    IPartnerDirectory directory,
    CallbackTokens tokens,
    CallbackRoutes routes,
    IOptions<IngestOptions> options,
    TimeProvider timeProvider,
    ILogger<CommandExecutor> logger) : IJobExecutor
{
    public const string ExecutorName = "command";
    private static readonly TimeSpan TailPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public string Name => ExecutorName;

    public bool RunsInProcess => false;

    public async Task<ExecutorResult> ExecuteAsync(ExecutorRun run, CancellationToken cancellationToken)
    {
        if (CommandLine.Split(options.Value.Command ?? "") is not { } words)
        {
            return NotStarted("the command line is empty, or a quote in it is never closed.");
        }

        if (CommandProcess.Find(words[0]) is not { } program)
        {
            return NotStarted("the command was not found.");
        }

        var initToken = tokens.Make(run.Run.Uid, CallbackToken.Init, run.Fence);
        var folder = Directory.CreateTempSubdirectory("switchyard-run-");
        var log = new OutputLog(new Redactor([initToken, .. await SecretsAsync(run.Job, cancellationToken).ConfigureAwait(false)]));
        await using (log.ConfigureAwait(false))
        {
            try
            {
                using var process = CommandProcess.Start(program, words.Skip(1), Variables(run, initToken), folder.FullName);
                LogStarted(run.Run.Uid, process.Id);
                return await FollowAsync(process, run, log, cancellationToken).ConfigureAwait(false);
            }
            catch (Win32Exception exception)
            {
                return NotStarted(exception.Message);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private async Task<ExecutorResult> FollowAsync(Process process, ExecutorRun run, OutputLog log, CancellationToken cancellationToken)
    {
        var output = Task.WhenAll(log.PumpAsync(process.StandardOutput, CancellationToken.None), log.PumpAsync(process.StandardError, CancellationToken.None));
        using var ended = new CancellationTokenSource();
        var tails = ReportTailsAsync(run, log, ended.Token);
        try
        {
            await WaitForExitAsync(process, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await tails.ConfigureAwait(false);

            // Also after an orderly exit: what it left running in its group goes with it, and its output comes to an end.
            CommandProcess.Kill(process);
            await Task.WhenAny(output, Task.Delay(Grace, timeProvider, CancellationToken.None)).ConfigureAwait(false);
            await KeepAsync(run, log).ConfigureAwait(false);
        }

        LogExited(run.Run.Uid, process.ExitCode);
        var now = await runs.FindAsync(run.Run.Uid, cancellationToken).ConfigureAwait(false);
        return now is null or { Run.IsFinished: true }
            ? new ExecutorResult.Detached()
            : new ExecutorResult.AttemptFailed(Exited(process.ExitCode), log.Tail);
    }

    // Process.WaitForExitAsync would also wait for the end of output, which a forgotten grandchild may hold open.
    private static async Task WaitForExitAsync(Process process, CancellationToken cancellationToken)
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult();
        process.EnableRaisingEvents = true;
        if (process.HasExited)
        {
            exited.TrySetResult();
        }

        await exited.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReportTailsAsync(ExecutorRun run, OutputLog log, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TailPeriod, timeProvider);
        var before = "";
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                var tail = log.Tail;
                if (tail != before)
                {
                    await runs.ReportAsync(run.Run.Uid, run.Fence, new RunReport.Log(before = tail), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The command has ended; its last words are stored next.
        }
        catch (Exception exception)
        {
            LogNotKept(exception, run.Run.Uid);
        }
    }

    private async Task KeepAsync(ExecutorRun run, OutputLog log)
    {
        try
        {
            await runs.ReportAsync(run.Run.Uid, run.Fence, new RunReport.Log(log.Tail), CancellationToken.None).ConfigureAwait(false);
            var content = await log.RewindAsync(CancellationToken.None).ConfigureAwait(false);
            await blobs.WriteAsync(IngestObjectKeys.Output(run.Job.StoragePrefix, IngestObjectKeys.OutputLog), content, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What the run did stands, whether or not its words could be kept.
            LogNotKept(exception, run.Run.Uid);
        }
    }

    private Dictionary<string, string> Variables(ExecutorRun run, string initToken)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["INIT_TOKEN"] = initToken,
            ["INIT_JOB_URL"] = routes.Init(run.Run.Uid).AbsoluteUri,
            ["TIMEOUT_SECONDS"] = Math.Ceiling(run.TimeLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        };
        foreach (var name in new[] { "PATH", "HOME" })
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private async Task<IEnumerable<string>> SecretsAsync(IngestJob job, CancellationToken cancellationToken)
    {
        var target = await directory.FindAsync(new(job.Partner, job.Tenant, job.Bundle, job.SchoolYear), cancellationToken).ConfigureAwait(false);
        return target.Ods
            .Select(ods => ods.ClientSecretVariable is { } name ? options.Value.ReadVariable(name) : null)
            .OfType<string>();
    }

    private static ExecutorResult.AttemptFailed NotStarted(string why) => new(IngestErrors.NotStarted(why));

    private static IngestRunError Exited(int code) => new(
        "executor_exited",
        string.Create(CultureInfo.InvariantCulture, $"The executor ended without reporting that it was done (exit code {code})."));

    [LoggerMessage(EventIds.CommandStarted, LogLevel.Information, "The command of run {RunUid} started as process {ProcessId}", EventName = "CommandStarted")]
    private partial void LogStarted(Guid runUid, int processId);

    [LoggerMessage(EventIds.CommandExited, LogLevel.Information, "The command of run {RunUid} ended with code {ExitCode}", EventName = "CommandExited")]
    private partial void LogExited(Guid runUid, int exitCode);

    [LoggerMessage(EventIds.LogNotKept, LogLevel.Warning, "The output of run {RunUid} could not be kept", EventName = "LogNotKept")]
    private partial void LogNotKept(Exception exception, Guid runUid);
}
