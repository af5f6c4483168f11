namespace Switchyard.Scheduling;

/// <summary>Names the codes of refusals: those of seed 4, and <see cref="ExecutionNotFound"/> and <see cref="Conflict"/> beside them.</summary>
public static class SchedulingCodes
{
    /// <summary>Values break rules; <see cref="SchedulingRefusal.Problems"/> names all of them.</summary>
    public const string Validation = "VALIDATION_ERROR";

    /// <summary>The cron expression can't be read or never fires, and nothing else is wrong.</summary>
    public const string InvalidCron = "INVALID_CRON_EXPRESSION";

    /// <summary>There is no such job (schedule).</summary>
    public const string JobNotFound = "JOB_NOT_FOUND";

    /// <summary>There is no such webhook.</summary>
    public const string WebhookNotFound = "WEBHOOK_NOT_FOUND";

    /// <summary>There is no such execution.</summary>
    public const string ExecutionNotFound = "EXECUTION_NOT_FOUND";

    /// <summary>The caller doesn't belong to the account.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>What is there doesn't allow it now: an id is taken, an execution is unfinished or has succeeded.</summary>
    public const string Conflict = "CONFLICT";
}
