using Switchyard.Conformance.Jobs.Operations;
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
    private readonly ModelActor[] _actors = [new("worker-0"), new("worker-1"), new("worker-2")];
    private readonly Dictionary<JobId, Job> _lastShown = [];
    private readonly string _kind;
    private readonly CancellationToken _cancellation;
    private int _made;
    private bool _replyIsLost;

    private JobStoreMachine(IJobStoreFixture fixture, JobStoreModel model, string kind, CancellationToken cancellation)
    {
        _fixture = fixture;
        _model = model;
        _kind = kind;
        _cancellation = cancellation;
    }

    private IJobStore Store => _fixture.Store;

    private IJobOperationsFixture? Operations => _fixture as IJobOperationsFixture;

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

    /// <summary>Makes a call, twice where it is delivered twice or its reply is lost.</summary>
    private async Task TakeAsync(JobCommand command)
    {
        if (Prepare(command) is not { } call)
        {
            return;
        }

        if (command.Delivery != JobDelivery.Once && command.Kind is not (JobCommandKind.Advance or JobCommandKind.Crash or JobCommandKind.Limit))
        {
            _replyIsLost = command.Delivery == JobDelivery.LostReply;
            _model.Classes.Add(_replyIsLost ? $"lost reply: {command.Kind}" : $"duplicated: {command.Kind}");
            await call();
            _replyIsLost = false;
        }

        await call();
    }

    /// <summary>Settles what is called, so that the very same can be called again; <see langword="null"/> where there is nothing to call it on.</summary>
    private Func<Task>? Prepare(JobCommand command) => command.Kind switch
    {
        JobCommandKind.Enqueue => PrepareEnqueue(command),
        JobCommandKind.EnqueueAgain => OnJob(command, job => EnqueueAsync(job.Request with { Payload = "[\"again\"]" })),
        JobCommandKind.Claim => () => ClaimAsync(max: 1 + command.A % 5, start: 1 + command.B % 3, LeaseOf(command.C), Actor(command)),
        JobCommandKind.Start => OnLease(command, StartAsync),
        JobCommandKind.Renew => PrepareRenew(command),
        JobCommandKind.Complete => PrepareComplete(command),
        JobCommandKind.Release => OnLease(command, ReleaseAsync),
        JobCommandKind.Cancel => OnJob(command, CancelAsync),
        JobCommandKind.Replay => OnJob(command, ReplayAsync),
        JobCommandKind.Crash => () => CrashAsync(Actor(command)),
        JobCommandKind.Advance => () => AdvanceAsync(TimeSpan.FromSeconds((command.A % 9) switch { 0 or 1 => 1, 2 or 3 => 3, 4 or 5 => 7, 6 or 7 => 25, _ => 200_000 })),
        JobCommandKind.TimeToNext => CompareTimeToNextAsync,
        _ => Operations is { } operations ? PrepareOperation(command, operations) : null,
    };

    /// <summary>No sum of whole seconds meets the end of a lease, so that the model needs no opinion on that instant.</summary>
    private static TimeSpan LeaseOf(int choice) => TimeSpan.FromMilliseconds(choice % 2 == 0 ? 5_500 : 20_500);

    private static T? Pick<T>(List<T> among, int choice) => among.Count == 0 ? default : among[among.Count - 1 - choice % among.Count];

    private ModelActor Actor(JobCommand command) => _actors[command.C % _actors.Length];

    private Func<Task>? OnJob(JobCommand command, Func<ModelJob, Task> take) => Pick(_model.Jobs, command.A) is { } job ? () => take(job) : null;

    private Func<Task>? OnLease(JobCommand command, Func<JobLease, Task> take)
    {
        var among = LeasesOf(command);
        return among.Count == 0 ? null : () => take(Pick(among, command.A));
    }

    /// <summary>What a worker believes to hold; now and then any lease that ever was, as a process has that was frozen for long.</summary>
    private List<JobLease> LeasesOf(JobCommand command) => command.B % 3 == 0 || Actor(command).Leases.Count == 0 ? _leases : Actor(command).Leases;

    private JobRequest NewRequest(int choice) => new()
    {
        Id = NewId(), Kind = _kind, Payload = $"[{_made}]", Priority = choice % 3 == 0 ? 1 : 0, Delay = TimeSpan.FromSeconds(choice % 4 == 0 ? 4 : 0),
        MaxAttempts = 1 + choice % 3, DedupeKey = choice % 4 == 3 ? "key" : null,
        DedupeFor = choice % 12 is 7 or 11 ? TimeSpan.FromMilliseconds(600_500) : null, ConcurrencyKey = (choice % 4) switch { 0 or 1 => "a", 2 => "b", _ => null },
        OnFailure = choice % 2 == 0 ? new JobFollowUp(_kind + "-failed", $"[{_made}]") : null,
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
        Assert.Equal(job.Expected(shown, _model.Now), shown);
        Assert.InRange(shown.Attempt, 0, shown.MaxAttempts);
        if (_lastShown.TryGetValue(job.Id, out var last))
        {
            Assert.True(shown.LeaseToken >= last.LeaseToken, $"The token of {job.Id} fell from {last.LeaseToken} to {shown.LeaseToken}.");
            Assert.True(last.FinishedAt is null || last with { DedupeUntil = shown.DedupeUntil } == shown, $"The ended job {job.Id} changed.");
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

        await CompareCountsAsync();
        var followUps = await Store.ClaimAsync(
            new ClaimRequest { Owner = "follow-ups", Kinds = [_kind + "-failed"], MaxJobs = 1000, StartAtOnce = 0, Lease = TimeSpan.FromSeconds(5) }, _cancellation);
        Assert.Equal(
            _model.FollowUps.Select(id => _model.Find(id)!.Request.OnFailure!.Payload).Order(StringComparer.Ordinal),
            followUps.Select(job => job.Payload).Order(StringComparer.Ordinal));
    }
}
