using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Jobs;

namespace Switchyard.Ingest.Execution;

/// <summary>Makes the kernel's jobs of a run: one that does the work and, once that begins, one that ends the run if nothing else does in time.</summary>
internal static class IngestRunJobs
{
    public const string Run = "ingest.run";
    public const string Lost = "ingest.run-lost";
    public const string Deadline = "ingest.run-deadline";
    public const int MaxAttempts = 3;

    // The handler has its own timer; the kernel's only catches a handler that doesn't listen.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    public static StartRun Start(Guid jobUid, IReadOnlyList<FrozenFile> frozen, IngestOptions options, TimeProvider timeProvider)
    {
        var runUid = Guid.CreateVersion7(timeProvider.GetUtcNow());
        var payload = JsonSerializer.Serialize(new IngestRunPayload(runUid));
        return new StartRun
        {
            JobUid = jobUid,
            RunUid = runUid,
            At = timeProvider.GetUtcNow(),
            Frozen = frozen,
            Enqueue =
            [
                new JobRequest
                {
                    Id = JobId.New(timeProvider),
                    Kind = Run,
                    Payload = payload,
                    MaxAttempts = MaxAttempts,
                    Timeout = options.TimeLimit + Margin,
                    OnFailure = new(Lost, payload),
                },
            ],
        };
    }

    /// <summary>Makes the job that ends a run if nothing else does in time. There is one for a run, whatever the attempt: it bears the run's uid.</summary>
    public static JobRequest DeadlineOf(Guid runUid, TimeSpan left) =>
        new() { Id = new JobId(runUid), Kind = Deadline, Payload = JsonSerializer.Serialize(new IngestRunPayload(runUid)), Delay = left };
}

/// <summary>Represents the payload of a run's kernel jobs.</summary>
/// <param name="RunUid">The run.</param>
internal sealed record IngestRunPayload([property: JsonPropertyName("runUid")] Guid RunUid);
