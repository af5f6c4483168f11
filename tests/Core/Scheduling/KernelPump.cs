using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;

namespace Switchyard.Scheduling;

/// <summary>Runs the kernel's jobs one by one, as a worker would, when a test says so.</summary>
internal sealed class KernelPump(IServiceProvider services)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly IJobStore _store = services.GetRequiredService<IJobStore>();

    /// <summary>Claims the next due job and starts it, or gives <see langword="null"/>.</summary>
    public async Task<ClaimedJob?> ClaimAsync()
    {
        var kinds = services.GetServices<JobHandlerRegistration>().Select(registration => registration.Kind).ToArray();
        var claim = new ClaimRequest { Owner = "test", Kinds = kinds, MaxJobs = 1, StartAtOnce = 1, Lease = Lease };
        return (await _store.ClaimAsync(claim, CancellationToken.None)).SingleOrDefault();
    }

    /// <summary>Runs one due job, if there is one.</summary>
    public async Task<JobRunResult?> RunOneAsync()
    {
        var job = await ClaimAsync();
        return job is null ? null : await RunAsync(job);
    }

    /// <summary>Runs all that is due, whatever it enqueues, and gives how many that were.</summary>
    public async Task<int> RunAllAsync()
    {
        var count = 0;
        while (await RunOneAsync() is not null)
        {
            count++;
        }

        return count;
    }

    /// <summary>Runs a claimed job and writes its outcome.</summary>
    public async Task<JobRunResult> RunAsync(ClaimedJob job)
    {
        var result = await HandleAsync(job, CancellationToken.None);
        await CompleteAsync(job, result);
        return result;
    }

    /// <summary>Writes an outcome, and gives whether the lease was still held.</summary>
    public async Task<CompletionStatus> CompleteAsync(ClaimedJob job, JobRunResult result)
    {
        var state = result.Status switch
        {
            JobRunStatus.Succeeded => JobState.Succeeded,
            JobRunStatus.Failed => JobState.Failed,
            _ => job.Attempt < job.MaxAttempts ? JobState.Queued : JobState.DeadLetter,
        };
        var completion = new JobCompletion { Lease = job.Lease, State = state, Error = result.Error, Effects = result.Effects, RetryDelay = result.RetryDelay ?? TimeSpan.Zero };
        var written = (await _store.CompleteAsync([completion], CancellationToken.None)).Single();
        Assert.NotEqual(CompletionStatus.Refused, written.Status);
        return written.Status;
    }

    /// <summary>Calls the handler of a claimed job.</summary>
    public async Task<JobRunResult> HandleAsync(ClaimedJob job, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var registration = services.GetServices<JobHandlerRegistration>().Single(candidate => candidate.Kind == job.Kind);
        var handler = scope.ServiceProvider.GetRequiredService(registration.HandlerType);
        var run = typeof(IJobHandler<>).MakeGenericType(registration.PayloadType).GetMethod("RunAsync")!;
        var payload = JsonSerializer.Deserialize(job.Payload, registration.PayloadType);
        var context = new JobContext { Lease = job.Lease, RootId = job.RootId, Attempt = job.Attempt, MaxAttempts = job.MaxAttempts };
        return await (Task<JobRunResult>)run.Invoke(handler, [payload!, context, cancellationToken])!;
    }
}
