using Microsoft.AspNetCore.Http;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Maps the outcomes of <see cref="ScheduleService"/> to HTTP.</summary>
internal static class JobResults
{
    public static IResult Created(ScheduleResult result, HttpRequest request)
    {
        if (result is not ScheduleResult.Done(var schedule))
        {
            return Job(result);
        }

        SchedulingResults.Locate(request, $"/api/jobs/{schedule.Id}");
        return SchedulingResults.Json(JobResponse.From(schedule), SchedulingJson.Context.JobResponse, StatusCodes.Status201Created);
    }

    public static IResult Job(ScheduleResult result) => result switch
    {
        ScheduleResult.Done done => SchedulingResults.Json(JobResponse.From(done.Schedule), SchedulingJson.Context.JobResponse),
        ScheduleResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult State(ScheduleResult result) => result switch
    {
        ScheduleResult.Done done => SchedulingResults.Json(JobStateResponse.From(done.Schedule), SchedulingJson.Context.JobStateResponse),
        ScheduleResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Listed(ScheduleListResult result, Paging paging) => result switch
    {
        ScheduleListResult.Listed listed => SchedulingResults.Json(
            PageResponse<JobResponse>.Of([.. listed.Page.Items.Select(JobResponse.From)], listed.Page.Total, paging),
            SchedulingJson.Context.PageResponseJobResponse),
        ScheduleListResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Explained(ExplainResult result) => result switch
    {
        ExplainResult.Explained explained => SchedulingResults.Json(ExplanationResponse.From(explained.Explanation), SchedulingJson.Context.ExplanationResponse),
        ExplainResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Upcoming(UpcomingResult result) => result switch
    {
        UpcomingResult.Told told => SchedulingResults.Json(UpcomingResponse.From(told.Runs), SchedulingJson.Context.UpcomingResponse),
        UpcomingResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };
}
