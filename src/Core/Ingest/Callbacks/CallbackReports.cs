using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Ingest.Command;
using Switchyard.Ingest.Submission;

namespace Switchyard.Ingest.Callbacks;

/// <summary>Records what admitted executors report.</summary>
internal sealed class CallbackReports(IIngestRunStore runs, IBlobStore blobs, IOptions<IngestOptions> options, TimeProvider timeProvider)
{
    public const string Done = "done";
    public const string Success = "success";
    private const int MaxWord = 128;
    private const int MaxJson = 256 * 1024;
    private const int MaxOutputFiles = 1000;

    public async Task<IngestRefusal?> StatusAsync(CallbackEntry entry, string action, string state, CancellationToken cancellationToken)
    {
        if (!IsWord(action) || !IsWord(state))
        {
            return new(400, "invalid_status", $"action and status must be 1 to {MaxWord} characters.");
        }

        var run = entry.Run!.Run;
        if (run.IsFinished)
        {
            return IsRepetition(run, action, state) ? null : Ended;
        }

        var isStored = await runs.ReportAsync(run.Uid, entry.Fence, new RunReport.Status(action, state), cancellationToken).ConfigureAwait(false);
        return !isStored ? await WhyNotAsync(entry, action, state, cancellationToken).ConfigureAwait(false)
            : action == Done ? await FinishAsync(entry, state, cancellationToken).ConfigureAwait(false)
            : null;
    }

    public async Task<IngestRefusal?> ErrorAsync(CallbackEntry entry, string code, string? payload, CancellationToken cancellationToken) =>
        !IsWord(code) ? new(400, "invalid_error", $"code must be 1 to {MaxWord} characters.")
        : payload is { Length: > MaxJson } || payload?.Contains('\0') == true ? new(400, "invalid_error", $"payload is larger than {MaxJson / 1024} KiB.")
        : await StoreAsync(entry, new RunReport.Failure(new(code, $"The executor reported {code}.", payload)), cancellationToken).ConfigureAwait(false);

    public async Task<IngestRefusal?> JsonAsync(CallbackEntry entry, string json, Func<string, RunReport> report, CancellationToken cancellationToken) =>
        json.Length > MaxJson || !IngestCodes.IsStorable(json)
            ? new(400, "invalid_report", $"The report is larger than {MaxJson / 1024} KiB.")
            : await StoreAsync(entry, report(json), cancellationToken).ConfigureAwait(false);

    private static IngestRefusal Ended => new(400, "run_ended", "The run has ended.");

    private static bool IsWord(string word) => word.Length is > 0 and <= MaxWord && !string.IsNullOrWhiteSpace(word) && IngestCodes.IsStorable(word);

    // A step that comes late tells nothing new; an end that differs from the one that is stored does.
    private static bool IsRepetition(IngestRun run, string action, string state) =>
        action != Done || (run.Status == IngestRunStatus.Success) == (state == Success);

    private async Task<IngestRefusal?> StoreAsync(CallbackEntry entry, RunReport report, CancellationToken cancellationToken)
    {
        var run = entry.Run!.Run;
        return run.IsFinished ? Ended
            : await runs.ReportAsync(run.Uid, entry.Fence, report, cancellationToken).ConfigureAwait(false) ? null
            : await WhyNotAsync(entry, "", "", cancellationToken).ConfigureAwait(false);
    }

    private async Task<IngestRefusal?> FinishAsync(CallbackEntry entry, string state, CancellationToken cancellationToken)
    {
        var finished = new IngestRunFinished
        {
            RunUid = entry.Run!.Run.Uid,
            Fence = entry.Fence,
            Success = state == Success,
            At = timeProvider.GetUtcNow(),
            Engine = options.Value.Executor,
            OutputFiles = await OutputFilesAsync(entry.Run.Job, cancellationToken).ConfigureAwait(false),
        };
        return await runs.FinishAsync(finished, cancellationToken).ConfigureAwait(false)
            ? null
            : await WhyNotAsync(entry, Done, state, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> OutputFilesAsync(IngestJob job, CancellationToken cancellationToken)
    {
        var prefix = IngestObjectKeys.OutputPrefix(job.StoragePrefix);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var blob in blobs.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            names.Add(blob.Key[prefix.Length..]);
            if (names.Count == MaxOutputFiles)
            {
                break;
            }
        }

        // The command's output is written when the command ends, which is after it has said so.
        if (options.Value.Executor == CommandExecutor.ExecutorName)
        {
            names.Add(IngestObjectKeys.OutputLog);
        }

        return [.. names];
    }

    // Something changed between the look and the write: the run ended, or a later attempt began.
    private async Task<IngestRefusal?> WhyNotAsync(CallbackEntry entry, string action, string state, CancellationToken cancellationToken)
    {
        var now = await runs.FindAsync(entry.Run!.Run.Uid, cancellationToken).ConfigureAwait(false);
        return now?.Run.Fence != entry.Fence ? CallbackGuard.BadToken
            : action.Length > 0 && now.Run.IsFinished && IsRepetition(now.Run, action, state) ? null
            : Ended;
    }
}
