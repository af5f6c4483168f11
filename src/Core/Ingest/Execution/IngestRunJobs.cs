using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Jobs;

namespace Switchyard.Ingest.Execution;

/// <summary>Makes the kernel's jobs of a run: one that does the work, one that ends the run if nothing else does in time.</summary>
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
                new JobRequest { Id = JobId.New(timeProvider), Kind = Deadline, Payload = payload, Delay = options.TimeLimit },
            ],
        };
    }
}

/// <summary>Represents the payload of a run's kernel jobs.</summary>
/// <param name="RunUid">The run.</param>
internal sealed record IngestRunPayload([property: JsonPropertyName("runUid")] Guid RunUid);
