using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.FaultRig.Worker.FailPoints;
using Switchyard.FaultRig.Worker.Handlers;
using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker;

/// <summary>Enqueues jobs at a rate, and says in the journal what was asked for and what was accepted.</summary>
/// <remarks>A call that fails is repeated under the same id until it is answered: what a client does that lost a reply.</remarks>
internal sealed class Submitter(IServiceScopeFactory scopes, WorkerSettings settings, Journal journal, ParentWatch rig) : BackgroundService
{
    // One cycle of kinds; slow jobs make up most of the work that is under way at any time.
    private static readonly string[] Mix = ["slow", "quick", "flaky", "order", "quick", "slow", "chain", "progress", "quick", "order"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / settings.Rate));
        try
        {
            for (var i = 0; await timer.WaitForNextTickAsync(stoppingToken); i++)
            {
                await SubmitAsync(rig.TakePoison() ? "poison" : Mix[i % Mix.Length], i, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was asked for and not answered may be there or not.
        }
    }

    private async Task SubmitAsync(string kind, int number, CancellationToken stop)
    {
        var request = new JobRequest
        {
            Id = JobId.New(TimeProvider.System),
            Kind = kind,
            Payload = JobPayload.Serialize(new Work(number)),
            MaxAttempts = kind == "poison" ? 3 : 100,
            OnFailure = kind == "poison" ? new JobFollowUp("link", JobPayload.Serialize(new Work(number))) : null,
        };
        journal.Write("asked", request.Id, kind);
        while (true)
        {
            try
            {
                var created = kind == "order" ? await OrderAsync(request, stop) : await EnqueueAsync(request, stop);
                journal.Write("accepted", request.Id, kind, created ? "created" : "stood");
                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                journal.Write("failed", kind == "order" ? kind : "submit", exception.GetType().Name);
                await Task.Delay(Pause, stop);
            }
        }
    }

    private async Task<bool> EnqueueAsync(JobRequest request, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync([request], stop))[0].Created;
    }

    /// <summary>Writes a row of our own and the job in one transaction; the row's key makes a repetition do nothing, as the job's id does.</summary>
    private async Task<bool> OrderAsync(JobRequest request, CancellationToken stop)
    {
        Operations.Current = Operations.Order;
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RigContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(stop);
        await context.Database.ExecuteSqlAsync($"insert into rig_orders (job_id) values ({request.Id.ToString()}) on conflict do nothing", stop);
        var result = (await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync([request], stop))[0];
        await transaction.CommitAsync(stop);
        return result.Created;
    }
}
