using Microsoft.AspNetCore.Http;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Executions;

/// <summary>Maps the outcomes of <see cref="ExecutionService"/>, and of running a job, to HTTP.</summary>
internal static class ExecutionResults
{
    public static IResult Listed(ExecutionListResult result, Paging paging) => result switch
    {
        ExecutionListResult.Listed listed => SchedulingResults.Json(
            PageResponse<ExecutionResponse>.Of([.. listed.Page.Items.Select(ExecutionResponse.InList)], listed.Page.Total, paging),
            SchedulingJson.Context.PageResponseExecutionResponse),
        ExecutionListResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Found(ExecutionResult result) => result switch
    {
        ExecutionResult.Done done => Json(ExecutionResponse.WithAnswer(done.Execution), StatusCodes.Status200OK),
        ExecutionResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Replayed(ExecutionResult result, HttpRequest request) => result switch
    {
        ExecutionResult.Done done => Created(ExecutionResponse.InList(done.Execution), request),
        ExecutionResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Ran(RunResult result, HttpRequest request) => result switch
    {
        RunResult.Stored stored => Created(Ran(stored.Executions), request),
        RunResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult ReplayedMany(ReplayManyResult result) => result switch
    {
        ReplayManyResult.Replayed replayed => SchedulingResults.Json(
            ReplayedResponse.From(replayed),
            SchedulingJson.Context.ReplayedResponse,
            replayed.Executions.Count > 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK),
        ReplayManyResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    // A job has one webhook as a rule, so its execution is the answer; the whole list stands beside it.
    private static ExecutionResponse Ran(IReadOnlyList<Execution> executions) =>
        ExecutionResponse.InList(executions[0]) with { Executions = [.. executions.Select(ExecutionResponse.InList)] };

    private static IResult Created(ExecutionResponse execution, HttpRequest request)
    {
        SchedulingResults.Locate(request, $"/api/executions/{execution.Id}");
        return Json(execution, StatusCodes.Status201Created);
    }

    private static IResult Json(ExecutionResponse execution, int status) =>
        SchedulingResults.Json(execution, SchedulingJson.Context.ExecutionResponse, status);
}
