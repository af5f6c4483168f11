using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs.Model;

internal sealed partial class JobStoreMachine
{
    private Func<Task> PrepareEnqueue(JobCommand command)
    {
        JobRequest[] requests = [.. new[] { command.A, command.B, command.C }.Take(1 + command.A % 3).Select(NewRequest)];
        return () => EnqueueAsync(requests);
    }

    private async Task EnqueueAsync(params JobRequest[] requests)
    {
        EnqueueResult[] expected = [.. requests.Select(_model.Enqueue)];

        Assert.Equal(expected, await Store.EnqueueAsync(requests, _cancellation));
        foreach (var result in expected)
        {
            await CompareAsync(_model.Find(result.Id)!);
        }
    }

    private async Task ClaimAsync(int max, int start, TimeSpan lease, ModelActor actor)
    {
        _model.TakeBack();
        var claimed = await Store.ClaimAsync(
            new ClaimRequest { Owner = actor.Name, Kinds = [_kind], MaxJobs = max, StartAtOnce = start, Lease = lease }, _cancellation);

        AssertChoice(max, [.. claimed.Select(job => job.Lease.JobId)]);
        for (var index = 0; index < claimed.Count; index++)
        {
            Claim(_model.Find(claimed[index].Lease.JobId)!, claimed[index], index < start, lease, actor);
        }

        _model.Kind.Spend(claimed.Count, _model.Now);
        foreach (var job in _model.Jobs)
        {
            await CompareAsync(job);
        }
    }

    private void AssertChoice(int max, JobId[] claimed)
    {
        var (due, allowed) = (_model.Due(), _model.Allowed(max));
        JobId[] expected = [.. allowed.Select(job => job.Id)];
        Classify(due, allowed, max);
        if (expected.Length == claimed.Length || due.All(job => job.LeasesLost == 0) || allowed is [{ LeasesLost: > 0 }])
        {
            Assert.Equal(expected, claimed);
            return;
        }

        // A suspect further down may hold the batch there, or take a place that a limit leaves; what comes first comes all the same.
        Assert.Equal(expected.Intersect(claimed), claimed);
        Assert.Equal(expected[0], claimed[0]);
        Assert.True(_model.Kind.IsLimited || claimed.Length == due.TakeWhile(job => job.LeasesLost == 0).Take(max).Count(), "Neither held at the suspect nor passed it.");
    }

    private void Classify(ModelJob[] due, ModelJob[] allowed, int max)
    {
        if (allowed is [{ LeasesLost: > 0 }])
        {
            _model.Classes.Add("suspect claimed alone");
        }
        else if (due.Length > 0 && _model.Kind.IsPaused)
        {
            _model.Classes.Add("claim of a paused kind");
        }
        else if (allowed.Length < Math.Min(max, due.Count(job => job.LeasesLost == 0)))
        {
            _model.Classes.Add(_model.Kind.Limits.Rate is null ? "held back by a limit" : "held back by the rate");
        }
    }

    private void Claim(ModelJob job, ClaimedJob claimed, bool started, TimeSpan lease, ModelActor actor)
    {
        Assert.True(claimed.Lease.Token > job.Token, $"The claim of {job.Id} did not raise the token {job.Token}.");
        Assert.Equal(
            new ClaimedJob
            {
                Lease = claimed.Lease, Kind = _kind, Payload = job.Request.Payload, Attempt = job.Attempt + 1, MaxAttempts = job.Request.MaxAttempts,
                Started = started, RootId = job.RootId, AvailableAt = job.AvailableAt, TraceParent = claimed.TraceParent,
            },
            claimed);
        (job.State, job.Started, job.Owner, job.LeaseUntil, job.Token) = (JobState.Running, started, actor.Name, _model.Now + lease, claimed.Lease.Token);
        job.Attempt += started ? 1 : 0;
        if (_replyIsLost)
        {
            _model.Classes.Add("claim that nobody learned of");
            return;
        }

        _leases.Add(claimed.Lease);
        actor.Leases.Add(claimed.Lease);
    }

    private async Task StartAsync(JobLease lease)
    {
        var job = _model.Find(lease.JobId)!;
        var started = await Store.StartAsync([lease], _cancellation);

        // Whether a lease that ran out may still be started is the store's choice; any other answer is not.
        if (!job.Holds(lease) || job.LeaseUntil > _model.Now)
        {
            Assert.Equal(job.Holds(lease) ? [lease] : [], started);
        }

        if (started.Count == 1)
        {
            job.Attempt += job.Started ? 0 : 1;
            job.Started = true;
        }

        await CompareAsync(job);
    }

    private Func<Task>? PrepareRenew(JobCommand command)
    {
        JobLease[] leases = [.. LeasesOf(command).AsEnumerable().Reverse().Take(1 + command.A % 4).DistinctBy(lease => lease.JobId)];
        return leases.Length == 0 ? null : () => RenewAsync(leases, LeaseOf(command.B));
    }

    private async Task RenewAsync(JobLease[] leases, TimeSpan by)
    {
        var live = leases.Where(lease => _model.Find(lease.JobId)!.Holds(lease) && _model.Find(lease.JobId)!.LeaseUntil > _model.Now).ToArray();
        _model.Classes.Add(live.Length > 0 ? "renewal" : "renewal of a lost lease");

        var renewed = await Store.RenewAsync(leases, by, _cancellation);

        Assert.Equal(
            live.Select(lease => new LeaseRenewal(lease, _model.Find(lease.JobId)!.CancelRequested)).OrderBy(renewal => renewal.Lease.JobId.Value),
            renewed.OrderBy(renewal => renewal.Lease.JobId.Value));
        foreach (var lease in leases)
        {
            var job = _model.Find(lease.JobId)!;
            job.LeaseUntil = live.Contains(lease) ? _model.Now + by : job.LeaseUntil;
            await CompareAsync(job);
        }
    }

    private Func<Task>? PrepareComplete(JobCommand command)
    {
        JobLease[] leases = [.. LeasesOf(command).AsEnumerable().Reverse().Skip(command.A % 3).Take(1 + command.B % 3).DistinctBy(lease => lease.JobId)];
        JobCompletion[] completions = [.. leases.Select((lease, index) => NewCompletion(lease, command.C + index * 7))];
        return completions.Length == 0 ? null : () => CompleteAsync(completions);
    }

    private async Task CompleteAsync(JobCompletion[] completions)
    {
        // The model's list grows by continuations while the answers are judged, in order, as the store applied them.
        var results = await Store.CompleteAsync(completions, _cancellation);
        Assert.Equal(completions.Length, results.Count);
        for (var index = 0; index < completions.Length; index++)
        {
            Assert.Equal(Complete(completions[index]), results[index].Status);
            await CompareAsync(_model.Find(completions[index].Lease.JobId)!);
            await CompareContinuationAsync(completions[index]);
        }
    }

    private JobCompletion NewCompletion(JobLease lease, int choice)
    {
        var state = (choice % 6) switch { 0 or 1 => JobState.Queued, 2 => JobState.Failed, 3 => JobState.DeadLetter, 4 => JobState.Cancelled, _ => JobState.Succeeded };
        if (state == JobState.Queued && _model.Find(lease.JobId) is { } job && job.Attempt >= job.Request.MaxAttempts)
        {
            // No worker asks for a retry where no attempt is left.
            state = JobState.DeadLetter;
        }

        JobEffect[] effects = (choice % 7) switch
        {
            0 => [new JobRequest { Id = NewId(), Kind = _kind, Payload = "[\"next\"]" }],
            1 => [new JobRequest { Id = NewId(), Kind = _kind, Payload = "[\"refused\"]" }, new UnknownEffect()],
            _ => [],
        };
        return new JobCompletion
        {
            Lease = lease, State = state, RetryDelay = TimeSpan.FromSeconds(choice % 3), Effects = effects,
            Error = state == JobState.Succeeded ? null : $"error {choice}", ErrorType = state == JobState.Succeeded ? null : $"type {choice % 3}", Result = choice % 2 == 0 ? $"[{choice}]" : null,
        };
    }

    private CompletionStatus Complete(JobCompletion completion)
    {
        var job = _model.Find(completion.Lease.JobId)!;
        if (!job.Holds(completion.Lease))
        {
            _model.Classes.Add("stale completion");
            return CompletionStatus.LeaseLost;
        }

        if (completion.Effects.Any(effect => effect is UnknownEffect))
        {
            _model.Classes.Add("refused effect");
            return CompletionStatus.Refused;
        }

        foreach (var request in completion.Effects.OfType<JobRequest>())
        {
            _model.Classes.Add("continuation");
            _model.Enqueue(request with { RootId = job.RootId, ParentId = job.Id });
        }

        _model.Complete(job, completion);
        return CompletionStatus.Applied;
    }

    private async Task CompareContinuationAsync(JobCompletion completion)
    {
        foreach (var request in completion.Effects.OfType<JobRequest>())
        {
            // A completion that is repeated is refused, and what it left the first time stays.
            if (_model.Find(request.Id) is { } continuation)
            {
                await CompareAsync(continuation);
            }
            else
            {
                Assert.Null(await Store.FindAsync(request.Id, _cancellation));
            }
        }
    }
}
