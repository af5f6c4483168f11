using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Scheduling.Executions;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Describes the routes of executions.</summary>
internal static class ExecutionDocuments
{
    private const string Executions = "Executions";

    private const string ReplayExample = """
        { "job_id": "123e4567-e89b-12d3-a456-426614174000", "status": "dead_letter", "from": "2024-01-01T00:00:00Z", "to": "2024-01-02T00:00:00Z" }
        """;

    public static RouteDocument Get { get; } = new()
    {
        Name = "getExecution",
        Tag = Executions,
        Summary = "Get an execution with all that the receiver answered",
        Success = (StatusCodes.Status200OK, typeof(ExecutionResponse)),
        Errors = [400, 403, 404],
    };

    public static RouteDocument Replay { get; } = new()
    {
        Name = "replayExecution",
        Tag = Executions,
        Summary = "Deliver the firing of an execution again",
        Description = "Its last attempt must have ended without success. The attempts go on counting, with up to 3 more.",
        Success = (StatusCodes.Status201Created, typeof(ExecutionResponse)),
        Errors = [400, 403, 404, 409],
    };

    public static RouteDocument ReplayMany { get; } = new()
    {
        Name = "replayExecutions",
        Tag = Executions,
        Summary = "Deliver many firings of a job again, the oldest first",
        Description = "Those whose last attempt ended without success, one shortly after another. Answers 200 where none matched; where matched is more than replayed, the rest awaits another call.",
        Success = (StatusCodes.Status201Created, typeof(ReplayedResponse)),
        Errors = [400, 403, 404, 413, 415],
        Body = (typeof(ReplayRequestBody), ReplayExample),
    };
}
