using System.Diagnostics;

namespace Switchyard.Jobs.Diagnostics;

internal sealed partial class JobsInstruments
{
    /// <summary>Starts the span of an attempt, linked to its enqueuer's.</summary>
    public Activity? StartRun(ClaimedJob job)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        Activity? activity = null;
        try
        {
            ActivityLink[] links = ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var enqueuer) ? [new ActivityLink(enqueuer)] : [];
            activity = _source.StartActivity(JobsDiagnostics.RunActivity, ActivityKind.Consumer, default(ActivityContext), links: links);
            activity?.SetTag(JobsDiagnostics.KindTag, job.Kind);
            activity?.SetTag(JobsDiagnostics.JobIdTag, job.Lease.JobId.ToString());
            activity?.SetTag(JobsDiagnostics.AttemptTag, job.Attempt);
        }
        catch (Exception)
        {
            // Listeners run inside the start. What they throw is theirs; the work goes on, with or without its span.
        }

        return activity;
    }

    /// <summary>Ends the span of an attempt.</summary>
    public static void StopRun(Activity? activity, string outcome, string? error)
    {
        if (activity is null)
        {
            return;
        }

        try
        {
            activity.SetTag(JobsDiagnostics.OutcomeTag, outcome);
            if (error is not null)
            {
                // Not the text: it may quote data, and spans travel further than the store's rows.
                activity.SetStatus(ActivityStatusCode.Error);
            }

            activity.Dispose();
        }
        catch (Exception)
        {
            // As above.
        }
    }
}
