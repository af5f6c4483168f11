namespace Switchyard.Scheduling.Rules;

/// <summary>Makes the refusals that aren't about values.</summary>
internal static class Refusals
{
    public static SchedulingRefusal JobNotFound(Guid id) => new(404, SchedulingCodes.JobNotFound, $"There is no job {id:D}.");

    public static SchedulingRefusal WebhookNotFound(Guid id) => new(404, SchedulingCodes.WebhookNotFound, $"There is no webhook {id:D}.");

    public static SchedulingRefusal ExecutionNotFound(Guid id) => new(404, SchedulingCodes.ExecutionNotFound, $"There is no execution {id:D}.");

    public static SchedulingRefusal Forbidden(string thing) => new(403, SchedulingCodes.Forbidden, $"You don't have permission to access this {thing}.");

    public static SchedulingRefusal Conflict(string message) => new(409, SchedulingCodes.Conflict, message);
}
