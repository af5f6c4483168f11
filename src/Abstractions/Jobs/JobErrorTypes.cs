namespace Switchyard.Jobs;

/// <summary>Names the kinds of errors that the kernel itself records; any other is the full name of an exception's type.</summary>
public static class JobErrorTypes
{
    /// <summary>The attempt did not end within its time limit.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>The lease ran out: the worker's process died, hung, or lost the store.</summary>
    public const string LeaseLost = "lease_lost";

    /// <summary>The handler said by its <see cref="JobRunResult"/> that the attempt failed.</summary>
    public const string Reported = "reported";

    /// <summary>Somebody asked to cancel the job.</summary>
    public const string Cancelled = "cancelled";
}
