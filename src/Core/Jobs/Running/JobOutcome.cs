namespace Switchyard.Jobs.Running;

/// <summary>Represents what is to be written of one attempt: an outcome, or that the claim is given back.</summary>
/// <param name="Completion">The outcome; <see langword="null"/> where the claim is given back.</param>
internal readonly record struct JobOutcome(JobCompletion? Completion)
{
    public static readonly JobOutcome Release = new(null);

    /// <summary>Gets the outcome's name in telemetry.</summary>
    public string Name => Completion switch
    {
        null => "released",
        { ErrorType: JobErrorTypes.TimedOut } => "timed_out",
        { State: JobState.Succeeded } => "succeeded",
        { State: JobState.Failed } => "failed",
        { State: JobState.DeadLetter } => "dead_letter",
        { State: JobState.Cancelled } => "cancelled",
        _ => "retried",
    };
}
