using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;

namespace Switchyard.Ingest;

/// <summary>Runs the kernel's jobs one by one, as a worker would, when a test says so.</summary>
internal sealed class KernelPump(IServiceProvider services)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly IJobStore _store = services.GetRequiredService<IJobStore>();

    /// <summary>Claims the next due job and starts it, or gives <see langword="null"/>.</summary>
    public async Task<ClaimedJob?> ClaimAsync()
    {
        var kinds = services.GetServices<JobHandlerRegistration>().Select(registration => registration.Kind).ToArray();
        var claim = new ClaimRequest { Owner = "test", Kinds = kinds, MaxJobs = 1, StartAtOnce = 1, Lease = Lease };
        return (await _store.ClaimAsync(claim, CancellationToken.None)).SingleOrDefault();
    }

    /// <summary>Runs one due job, if there is one.</summary>
    public Task<JobRunResult?> RunOneAsync() => RunOneUntilAsync(CancellationToken.None);

    /// <summary>Runs one due job, on a host that stops.</summary>
    public async Task<JobRunResult?> RunOneUntilAsync(CancellationToken stop)
    {
        var job = await ClaimAsync();
        return job is null ? null : await CompleteAsync(job, await HandleAsync(job, stop));
    }

    /// <summary>Runs all that is due, whatever it enqueues.</summary>
    public async Task RunAllAsync()
    {
        while (await RunOneAsync() is not null)
        {
        }
    }

    /// <summary>Runs a claimed job and writes its outcome.</summary>
    public async Task<JobRunResult> RunAsync(ClaimedJob job) => await CompleteAsync(job, await HandleAsync(job, CancellationToken.None));

    private async Task<JobRunResult> CompleteAsync(ClaimedJob job, JobRunResult result)
    {
        var state = result.Status switch
        {
            JobRunStatus.Succeeded => JobState.Succeeded,
            JobRunStatus.Failed => JobState.Failed,
            _ => job.Attempt < job.MaxAttempts ? JobState.Queued : JobState.DeadLetter,
        };
        var completion = new JobCompletion { Lease = job.Lease, State = state, Error = result.Error, Effects = result.Effects };
        var written = (await _store.CompleteAsync([completion], CancellationToken.None)).Single();
        Assert.NotEqual(CompletionStatus.Refused, written.Status);
        return result;
    }

    private async Task<JobRunResult> HandleAsync(ClaimedJob job, CancellationToken cancellationToken)
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
