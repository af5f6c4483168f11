using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs.Model;

/// <summary>Takes each command on the store and on the model, and compares what both answer and show.</summary>
/// <remarks>Where the port leaves a choice to the store, the model accepts each and follows the one that was made.</remarks>
internal sealed partial class JobStoreMachine
{
    private readonly IJobStoreFixture _fixture;
    private readonly JobStoreModel _model;
    private readonly List<JobLease> _leases = [];
    private readonly Dictionary<JobId, Job> _lastShown = [];
    private readonly string _kind;
    private readonly CancellationToken _cancellation;
    private int _made;

    private JobStoreMachine(IJobStoreFixture fixture, JobStoreModel model, string kind, CancellationToken cancellation)
    {
        _fixture = fixture;
        _model = model;
        _kind = kind;
        _cancellation = cancellation;
    }

    private IJobStore Store => _fixture.Store;

    /// <summary>Runs a history on kinds of its own and gives the classes that it was of.</summary>
    public static async Task<IReadOnlySet<string>> RunAsync(IJobStoreFixture fixture, JobHistory history, CancellationToken cancellation)
    {
        var kind = $"model-{Guid.CreateVersion7():N}";
        var clock = new JobRequest { Id = JobId.New(TimeProvider.System), Kind = kind + "-clock", Payload = "{}" };
        await fixture.Store.EnqueueAsync([clock], cancellation);
        var start = (await fixture.Store.FindAsync(clock.Id, cancellation))!.CreatedAt;
        var machine = new JobStoreMachine(fixture, new JobStoreModel(start), kind, cancellation);
        foreach (var command in history.Commands)
        {
            await machine.TakeAsync(command);
        }

        await machine.EndAsync();
        return machine._model.Classes;
    }

    private Task TakeAsync(JobCommand command) => command.Kind switch
    {
        JobCommandKind.Enqueue => EnqueueSomeAsync(command),
        JobCommandKind.EnqueueAgain => Pick(_model.Jobs, command.A) is { } job ? EnqueueAsync(job.Request with { Payload = "[\"again\"]" }) : Task.CompletedTask,
        JobCommandKind.Claim => ClaimAsync(max: 1 + command.A % 5, start: 1 + command.B % 3, LeaseOf(command.C), owner: $"worker-{command.C % 3}"),
        JobCommandKind.Start => WithLeaseAsync(command, StartAsync),
        JobCommandKind.Renew => WithLeaseAsync(command, lease => RenewAsync(lease, LeaseOf(command.B))),
        JobCommandKind.Complete => CompleteAsync(command),
        JobCommandKind.Release => WithLeaseAsync(command, ReleaseAsync),
        JobCommandKind.Cancel => Pick(_model.Jobs, command.A) is { } job ? CancelAsync(job) : Task.CompletedTask,
        JobCommandKind.Replay => Pick(_model.Jobs, command.A) is { } job ? ReplayAsync(job) : Task.CompletedTask,
        JobCommandKind.Advance => AdvanceAsync(TimeSpan.FromSeconds((command.A % 4) switch { 0 => 1, 1 => 3, 2 => 7, _ => 25 })),
        _ => CompareTimeToNextAsync(),
    };

    /// <summary>No sum of whole seconds meets the end of a lease, so that the model needs no opinion on that instant.</summary>
    private static TimeSpan LeaseOf(int choice) => TimeSpan.FromMilliseconds(choice % 2 == 0 ? 5_500 : 20_500);

    private static T? Pick<T>(List<T> among, int choice) => among.Count == 0 ? default : among[among.Count - 1 - choice % among.Count];

    private Task WithLeaseAsync(JobCommand command, Func<JobLease, Task> take) => _leases.Count == 0 ? Task.CompletedTask : take(Pick(_leases, command.A));

    private JobRequest NewRequest(int choice) => new()
    {
        Id = NewId(), Kind = _kind, Payload = $"[{_made}]", Priority = choice % 3 == 0 ? 1 : 0, Delay = TimeSpan.FromSeconds(choice % 4 == 0 ? 4 : 0),
        MaxAttempts = 1 + choice % 3, DedupeKey = choice % 5 == 0 ? "key" : null, OnFailure = choice % 2 == 0 ? new JobFollowUp(_kind + "-failed", $"[{_made}]") : null,
    };

    /// <summary>Makes ids whose order is not the order of their making.</summary>
    private JobId NewId()
    {
        _made++;
        return new JobId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000).AddMilliseconds(_made * 7919 % 1000)));
    }

    /// <summary>Compares a job with the model's, and its history with what no history may do.</summary>
    private async Task<Job> CompareAsync(ModelJob job)
    {
        var shown = await Store.FindAsync(job.Id, _cancellation);
        Assert.NotNull(shown);
        Assert.Equal(job.Expected(shown), shown);
        Assert.InRange(shown.Attempt, 0, shown.MaxAttempts);
        if (_lastShown.TryGetValue(job.Id, out var last))
        {
            Assert.True(shown.LeaseToken >= last.LeaseToken, $"The token of {job.Id} fell from {last.LeaseToken} to {shown.LeaseToken}.");
            Assert.True(last.FinishedAt is null || last == shown, $"The ended job {job.Id} changed.");
        }

        _lastShown[job.Id] = shown;
        return shown;
    }

    private async Task EndAsync()
    {
        foreach (var job in _model.Jobs)
        {
            await CompareAsync(job);
        }

        var followUps = await Store.ClaimAsync(
            new ClaimRequest { Owner = "follow-ups", Kinds = [_kind + "-failed"], MaxJobs = 1000, StartAtOnce = 0, Lease = TimeSpan.FromSeconds(5) }, _cancellation);
        Assert.Equal(
            _model.FollowUps.Select(id => _model.Find(id)!.Request.OnFailure!.Payload).Order(StringComparer.Ordinal),
            followUps.Select(job => job.Payload).Order(StringComparer.Ordinal));
    }
}
