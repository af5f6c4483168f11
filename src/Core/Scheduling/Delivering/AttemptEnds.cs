using System.Globalization;
using Switchyard.Jobs;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Decides how an attempt ends, and what follows it. Pure.</summary>
internal static class AttemptEnds
{
    /// <summary>Ends an attempt that won't be tried again, whatever the number of attempts.</summary>
    public static JobRunResult Final(Execution execution, string error, DateTimeOffset at, DeliveryAnswer? answer = null, string? disable = null) =>
        // That a delivery fails is the kernel's job well done: it is not the job that failed.
        JobRunResult.Succeeded(End(execution, ExecutionStatus.Failure, at) with { Error = error, Answer = answer, DisableWebhook = disable });

    /// <summary>Ends an attempt by what came of its request.</summary>
    public static JobRunResult Of(Execution execution, SendOutcome outcome, JobContext context, SchedulingOptions options, DateTimeOffset at)
    {
        switch (outcome.Kind)
        {
            case SendKind.Delivered:
                return JobRunResult.Succeeded(End(execution, ExecutionStatus.Success, at) with { Answer = outcome.Answer });
            case SendKind.Gone:
                return Final(execution, $"{outcome.Error} The webhook is disabled.", at, outcome.Answer, outcome.Error);
            case SendKind.NotAllowed or SendKind.Unsendable:
                return Final(execution, outcome.Error!, at);
            default:
                return context.IsLastAttempt ? DeadLetter(execution, outcome, at) : Retry(execution, outcome, context, options, at);
        }
    }

    private static JobRunResult Retry(Execution execution, SendOutcome outcome, JobContext context, SchedulingOptions options, DateTimeOffset at)
    {
        var delay = DeliveryRetry.Delay(context.Attempt, options, RetryAfter.Read(outcome.RetryAfter, at, options.MaxRetryAfter));
        var end = End(execution, outcome.Status, at) with { Error = outcome.Error, Answer = outcome.Answer, RetryAt = at + delay };
        return JobRunResult.RetryAfter(delay, outcome.Error!, end);
    }

    private static JobRunResult DeadLetter(Execution execution, SendOutcome outcome, DateTimeOffset at)
    {
        var error = string.Create(CultureInfo.InvariantCulture, $"Gave up after attempt {execution.Attempt}. Last error: {outcome.Error}");
        return JobRunResult.Succeeded(End(execution, ExecutionStatus.DeadLetter, at) with { Error = error, Answer = outcome.Answer });
    }

    private static AttemptEnded End(Execution execution, ExecutionStatus status, DateTimeOffset at) =>
        new() { RootId = execution.RootId, Attempt = execution.Attempt, Status = status, At = at };
}
