using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Scheduling.Executions;
using Switchyard.AspNetCore.Scheduling.Jobs;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Describes the routes of jobs.</summary>
internal static class JobDocuments
{
    private const string Jobs = "Jobs";

    private const string CreateExample = """
        {
          "account_id": "123e4567-e89b-12d3-a456-426614174000",
          "name": "Daily Backup",
          "schedule": "0 2 * * *",
          "type": 1,
          "timezone": "UTC",
          "enabled": true
        }
        """;

    private const string UpdateExample = """
        { "name": "Updated Job Name", "schedule": "0 3 * * *", "type": 2, "timezone": "America/New_York", "enabled": false }
        """;

    public static RouteDocument Create { get; } = new()
    {
        Name = "createJob",
        Tag = Jobs,
        Summary = "Create a job that runs by a cron expression",
        Description = "The account becomes the caller's where nobody named it before. misfire_policy is fire_once, skip or fire_all; overlap_policy allow, skip or buffer_one.",
        Success = (StatusCodes.Status201Created, typeof(JobResponse)),
        Errors = [400, 403, 413, 415],
        Body = (typeof(CreateJobRequest), CreateExample),
    };

    public static RouteDocument List { get; } = new()
    {
        Name = "listJobs",
        Tag = Jobs,
        Summary = "List the jobs of an account, oldest first",
        Success = (StatusCodes.Status200OK, typeof(PageResponse<JobResponse>)),
        Errors = [400, 403],
        Parameters =
        [
            QueryDocument.Id("account_id", "The account.", required: true),
            QueryDocument.Flag("enabled", "Only those that are, or aren't, enabled."),
            .. QueryDocument.Page,
        ],
    };

    public static RouteDocument Get { get; } = One("getJob", "Get a job", typeof(JobResponse), [400, 403, 404]);

    public static RouteDocument Update { get; } = One("updateJob", "Change a job", typeof(JobResponse), [400, 403, 404, 413, 415]) with
    {
        Description = "What is absent or null stays as it is.",
        Body = (typeof(UpdateJobRequest), UpdateExample),
    };

    public static RouteDocument Delete { get; } = One("deleteJob", "Remove a job with its webhooks and executions", null, [400, 403, 404]) with
    {
        Success = (StatusCodes.Status204NoContent, null),
    };

    public static RouteDocument Enable { get; } = One("enableJob", "Enable a job", typeof(JobStateResponse), [400, 403, 404]);

    public static RouteDocument Disable { get; } = One("disableJob", "Disable a job", typeof(JobStateResponse), [400, 403, 404]);

    public static RouteDocument Executions { get; } = One("listExecutions", "List the executions of a job, newest first", typeof(PageResponse<ExecutionResponse>), [400, 403, 404]) with
    {
        Parameters = [QueryDocument.Choice("status", "Only those of this status.", ExecutionNames.Status.All), .. QueryDocument.Page],
    };

    public static RouteDocument Run { get; } = One("runJob", "Run a job now, once for each of its webhooks", typeof(ExecutionResponse), [400, 403, 404]) with
    {
        Description = "The answer is the execution of the first webhook; executions holds all of them.",
        Success = (StatusCodes.Status201Created, typeof(ExecutionResponse)),
    };

    public static RouteDocument Explain { get; } = One("explainJob", "Tell for each expected instant what happened and why", typeof(ExplanationResponse), [400, 403, 404]) with
    {
        Parameters = [QueryDocument.Instant("from", "The first instant; a day before the last by default."), QueryDocument.Instant("to", "The last instant; now by default.")],
    };

    public static RouteDocument Upcoming { get; } = One("upcomingRuns", "Tell what a job's schedule means, and its next runs", typeof(UpcomingResponse), [400, 403, 404]) with
    {
        Parameters = [QueryDocument.Number("count", "How many runs.", "1", "100", 10)],
    };

    private static RouteDocument One(string name, string summary, Type? body, int[] errors) => new()
    {
        Name = name,
        Tag = Jobs,
        Summary = summary,
        Success = (StatusCodes.Status200OK, body),
        Errors = errors,
    };
}
