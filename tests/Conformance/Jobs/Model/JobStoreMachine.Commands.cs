using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs.Model;

internal sealed partial class JobStoreMachine
{
    private Task EnqueueSomeAsync(JobCommand command) =>
        EnqueueAsync([.. new[] { command.A, command.B, command.C }.Take(1 + command.A % 3).Select(NewRequest)]);

    private async Task EnqueueAsync(params JobRequest[] requests)
    {
        EnqueueResult[] expected = [.. requests.Select(_model.Enqueue)];

        Assert.Equal(expected, await Store.EnqueueAsync(requests, _cancellation));
        foreach (var result in expected)
        {
            await CompareAsync(_model.Find(result.Id)!);
        }
    }

    private async Task ClaimAsync(int max, int start, TimeSpan lease, string owner)
    {
        _model.TakeBack();
        var due = _model.Due();
        var claimed = await Store.ClaimAsync(new ClaimRequest { Owner = owner, Kinds = [_kind], MaxJobs = max, StartAtOnce = start, Lease = lease }, _cancellation);

        AssertChoice(due, max, [.. claimed.Select(job => job.Lease.JobId)]);
        for (var index = 0; index < claimed.Count; index++)
        {
            Claim(_model.Find(claimed[index].Lease.JobId)!, claimed[index], index < start, lease, owner);
        }

        foreach (var job in _model.Jobs)
        {
            await CompareAsync(job);
        }
    }

    /// <summary>A suspect first in order comes alone; one further down may hold the batch there or be left out of it.</summary>
    private void AssertChoice(ModelJob[] due, int max, JobId[] claimed)
    {
        if (due is [{ LeasesLost: > 0 } suspect, ..])
        {
            _model.Classes.Add("suspect claimed alone");
            Assert.Equal([suspect.Id], claimed);
            return;
        }

        var without = due.Where(job => job.LeasesLost == 0).Take(max).Select(job => job.Id).ToArray();
        var before = due.TakeWhile(job => job.LeasesLost == 0).Take(max).Select(job => job.Id).ToArray();
        Assert.Equal(claimed.Length == before.Length ? before : without, claimed);
    }

    private void Claim(ModelJob job, ClaimedJob claimed, bool started, TimeSpan lease, string owner)
    {
        Assert.True(claimed.Lease.Token > job.Token, $"The claim of {job.Id} did not raise the token {job.Token}.");
        Assert.Equal(
            new ClaimedJob
            {
                Lease = claimed.Lease, Kind = _kind, Payload = job.Request.Payload, Attempt = job.Attempt + 1, MaxAttempts = job.Request.MaxAttempts,
                Started = started, RootId = job.RootId, AvailableAt = job.AvailableAt, TraceParent = claimed.TraceParent,
            },
            claimed);
        (job.State, job.Started, job.Owner, job.LeaseUntil, job.Token) = (JobState.Running, started, owner, _model.Now + lease, claimed.Lease.Token);
        job.Attempt += started ? 1 : 0;
        _leases.Add(claimed.Lease);
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

    private async Task RenewAsync(JobLease lease, TimeSpan by)
    {
        var job = _model.Find(lease.JobId)!;
        var live = job.Holds(lease) && job.LeaseUntil > _model.Now;
        _model.Classes.Add(live ? "renewal" : "renewal of a lost lease");

        Assert.Equal(live ? [new LeaseRenewal(lease, job.CancelRequested)] : [], await Store.RenewAsync([lease], by, _cancellation));
        job.LeaseUntil = live ? _model.Now + by : job.LeaseUntil;
        await CompareAsync(job);
    }

    private async Task CompleteAsync(JobCommand command)
    {
        JobLease[] leases = [.. _leases.AsEnumerable().Reverse().Skip(command.A % 3).Take(1 + command.B % 3).DistinctBy(lease => lease.JobId)];
        JobCompletion[] completions = [.. leases.Select((lease, index) => NewCompletion(lease, command.C + index * 7))];

        // The model's list grows by continuations while the answers are judged, in order, as the store applied them.
        var results = await Store.CompleteAsync(completions, _cancellation);
        Assert.Equal(completions.Length, results.Count);
        for (var index = 0; index < completions.Length; index++)
        {
            Assert.Equal(Complete(completions[index]), results[index].Status);
            await CompareAsync(_model.Find(leases[index].JobId)!);
            await CompareContinuationAsync(completions[index], results[index].Status);
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
            Error = state == JobState.Succeeded ? null : $"error {choice}", Result = choice % 2 == 0 ? $"[{choice}]" : null,
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

    private async Task CompareContinuationAsync(JobCompletion completion, CompletionStatus status)
    {
        foreach (var request in completion.Effects.OfType<JobRequest>())
        {
            if (status == CompletionStatus.Applied)
            {
                await CompareAsync(_model.Find(request.Id)!);
            }
            else
            {
                Assert.Null(await Store.FindAsync(request.Id, _cancellation));
            }
        }
    }
}
