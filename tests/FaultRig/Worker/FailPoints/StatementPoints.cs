using System.Diagnostics;

namespace Switchyard.FaultRig.Worker.FailPoints;

/// <summary>Points before and after every command that Npgsql sends, whoever sends it, by way of its tracing.</summary>
internal static class StatementPoints
{
    public static ActivityListener Listen(FailPoint failPoint)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,

            // An exception here would break Npgsql, not the call; so these points only kill, pause and delay.
            ActivityStarted = _ => failPoint.Hit($"{Operations.Current}.sql.before", mayThrow: false),
            ActivityStopped = _ => failPoint.Hit($"{Operations.Current}.sql.after", mayThrow: false),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
