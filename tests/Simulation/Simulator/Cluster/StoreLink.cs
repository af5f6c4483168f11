using Switchyard.Jobs;
using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Cluster;

/// <summary>The store as a process sees it: over a network that may fail. Ids are shown as the seed makes them.</summary>
internal sealed class StoreLink(World world, Process process) : IJobStore
{
    private readonly Wire _wire = new(world, process);

    public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken) =>
        _wire.SendAsync<IReadOnlyList<EnqueueResult>>(
            New("enqueue"),
            execution =>
            {
                var results = Now(world.Store.EnqueueAsync([.. requests.Select(ToReal)], CancellationToken.None));
                execution.Word = string.Join(", ", results.Select((result, index) => $"j{Number(requests[index].Id)}{(result.Created ? "" : $" is j{Number(result.Id)}")}"));
                execution.Standing.AddRange(results.Zip(requests).Where(pair => !pair.First.Created).Select(pair => (Number(pair.Second.Id), Number(pair.First.Id))));
                return [.. results.Select(result => result with { Id = world.Ids.Shown(result.Id) })];
            },
            cancellationToken);

    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        _wire.SendAsync<IReadOnlyList<ClaimedJob>>(
            New("claim", claim: request),
            execution =>
            {
                var claimed = Now(world.Store.ClaimAsync(request, CancellationToken.None));
                foreach (var job in claimed)
                {
                    world.Meet(Number(job.Lease.JobId), job.Payload);
                    execution.Claims.Add(new Grant(Ticket(job.Lease), job.Attempt, job.Started, Time.StoreClock.Of(job.AvailableAt)));
                }

                return [.. claimed.Select(job => job with { Lease = ToShown(job.Lease), RootId = world.Ids.Shown(job.RootId) })];
            },
            cancellationToken);

    public Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        _wire.SendAsync<IReadOnlyList<JobLease>>(
            New("start", leases),
            execution =>
            {
                var started = Now(world.Store.StartAsync([.. leases.Select(ToReal)], CancellationToken.None));
                execution.Held.AddRange(started.Select(Ticket));
                return [.. started.Select(ToShown)];
            },
            cancellationToken);

    public Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken) =>
        _wire.SendAsync<IReadOnlyList<LeaseRenewal>>(
            New("renew", leases),
            execution =>
            {
                var renewed = Now(world.Store.RenewAsync([.. leases.Select(ToReal)], lease, CancellationToken.None));
                execution.Held.AddRange(renewed.Select(renewal => Ticket(renewal.Lease)));
                return [.. renewed.Select(renewal => renewal with { Lease = ToShown(renewal.Lease) })];
            },
            cancellationToken);

    public Task<IReadOnlyList<CompletionResult>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken) =>
        _wire.SendAsync(
            New("complete", [.. completions.Select(completion => completion.Lease)], outcomes: [.. completions.Select(ToOutcome)]),
            execution =>
            {
                var results = Now(world.Store.CompleteAsync([.. completions.Select(ToReal)], CancellationToken.None));
                execution.Statuses.AddRange(results.Select(result => result.Status.ToString()));
                return results;
            },
            cancellationToken);

    public Task<int> ReleaseAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        _wire.SendAsync(
            New("release", leases),
            execution =>
            {
                var released = Now(world.Store.ReleaseAsync([.. leases.Select(ToReal)], CancellationToken.None));
                execution.Word = $"{released} of {leases.Count}";
                return released;
            },
            cancellationToken);

    public Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken) =>
        _wire.SendAsync(
            New("cancel", job: Number(id)),
            execution =>
            {
                var outcome = Now(world.Store.CancelAsync(world.Ids.Real(id), CancellationToken.None));
                execution.Word = outcome.ToString();
                return outcome;
            },
            cancellationToken);

    public Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken) =>
        _wire.SendAsync(
            New("replay", job: Number(id)),
            execution =>
            {
                var replayed = Now(world.Store.ReplayAsync(world.Ids.Real(id), CancellationToken.None));
                execution.Word = replayed is { } made ? $"j{Number(made)}" : "no";
                return replayed is { } real ? world.Ids.Shown(real) : default(JobId?);
            },
            cancellationToken);

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        _wire.SendAsync(
            New("find", job: Number(id)),
            _ => Now(world.Store.FindAsync(world.Ids.Real(id), CancellationToken.None)) is { } job
                ? job with { Id = id, RootId = world.Ids.Shown(job.RootId), ParentId = job.ParentId is { } parent ? world.Ids.Shown(parent) : null }
                : null,
            cancellationToken);

    public Task<TimeSpan?> GetTimeToNextAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken) =>
        _wire.SendAsync(New("next"), _ => Now(world.Store.GetTimeToNextAsync(kinds, CancellationToken.None)), cancellationToken);

    /// <summary>The in-memory store is done when it returns.</summary>
    private static T Now<T>(Task<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The store takes time of its own.");

    private StoreCall New(string operation, IReadOnlyList<JobLease>? leases = null, IReadOnlyList<Outcome>? outcomes = null, ClaimRequest? claim = null, int? job = null) => new()
    {
        Number = world.History.Calls.Count,
        Caller = process.Life,
        Operation = operation,
        SentAt = world.Agenda.Now,
        Tickets = leases is null ? [] : [.. leases.Select(Ticket)],
        Outcomes = outcomes ?? [],
        MaxJobs = claim?.MaxJobs ?? 0,
        StartAtOnce = claim?.StartAtOnce ?? 0,
        Job = job,
    };

    private Outcome ToOutcome(JobCompletion completion) => new(
        Audit.ToState(completion.State),
        completion.RetryDelay,
        completion.Result,
        [.. completion.Effects.OfType<JobRequest>().Select(request => Number(request.Id))],
        completion.Effects.Any(effect => effect is not JobRequest));

    private int Number(JobId id) => world.Ids.NumberOf(id);

    private Ticket Ticket(JobLease lease) => new(Number(lease.JobId), lease.Token);

    private JobLease ToReal(JobLease lease) => lease with { JobId = world.Ids.Real(lease.JobId) };

    private JobLease ToShown(JobLease lease) => lease with { JobId = world.Ids.Shown(lease.JobId) };

    private JobCompletion ToReal(JobCompletion completion) => completion with
    {
        Lease = ToReal(completion.Lease),
        Effects = [.. completion.Effects.Select(effect => effect is JobRequest request ? ToReal(request) : effect)],
    };

    private JobRequest ToReal(JobRequest request) => request with
    {
        RootId = request.RootId is { } root ? world.Ids.Real(root) : null,
        ParentId = request.ParentId is { } parent ? world.Ids.Real(parent) : null,
    };
}
