using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>Runs an attempt between two lines of the journal, and returns the effect that must come about exactly once.</summary>
internal abstract class JournaledHandler(Journal journal, WorkerSettings settings) : IJobHandler<Work>
{
    private static int _working;

    protected WorkerSettings Settings => settings;

    public async Task<JobRunResult> RunAsync(Work payload, JobContext context, CancellationToken cancellationToken)
    {
        journal.Write("start", context.JobId, context.Lease.Token, context.Attempt);
        if (Interlocked.Exchange(ref _working, 1) == 0)
        {
            Console.WriteLine("working");
        }

        var outcome = "threw";
        try
        {
            var result = await WorkAsync(payload, context, cancellationToken);
            outcome = result.Status.ToString();
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            journal.Write("end", context.JobId, context.Lease.Token, outcome);
        }
    }

    protected abstract Task<JobRunResult> WorkAsync(Work payload, JobContext context, CancellationToken cancellationToken);

    protected EffectWritten Effect(JobContext context) => new(context.JobId.ToString(), context.Lease.Token, settings.Name);
}
