using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs.Model;

internal sealed partial class JobStoreMachine
{
    private async Task ReleaseAsync(JobLease lease)
    {
        var job = _model.Find(lease.JobId)!;
        var released = await Store.ReleaseAsync([lease], _cancellation);

        // As with a start, a lease that ran out and was not taken back is the store's choice.
        if (!job.Holds(lease) || job.LeaseUntil > _model.Now)
        {
            Assert.Equal(job.Holds(lease) ? 1 : 0, released);
        }

        if (released == 1)
        {
            _model.Classes.Add("release");
            job.Attempt -= job.Started ? 1 : 0;
            _model.Requeue(job);

            // "Due at once" leaves open whether the job keeps its due time or gets a new one.
            job.AvailableAt = (await Store.FindAsync(job.Id, _cancellation))!.AvailableAt;
            Assert.True(job.AvailableAt <= _model.Now);
        }

        await CompareAsync(job);
    }

    private async Task CancelAsync(ModelJob job)
    {
        var expected = job.State switch
        {
            JobState.Queued => CancelOutcome.Cancelled,
            JobState.Running => CancelOutcome.Requested,
            _ => CancelOutcome.AlreadyEnded,
        };
        _model.Classes.Add($"cancel: {expected}");

        Assert.Equal(expected, await Store.CancelAsync(job.Id, _cancellation));
        if (expected == CancelOutcome.Cancelled)
        {
            _model.End(job, JobState.Cancelled);
        }

        job.CancelRequested |= expected == CancelOutcome.Requested;
        await CompareAsync(job);
    }

    private async Task ReplayAsync(ModelJob job)
    {
        var replayed = await Store.ReplayAsync(job.Id, _cancellation);
        if (job.IsUnfinished || job.State == JobState.Succeeded)
        {
            Assert.Null(replayed);
            return;
        }

        Assert.NotNull(replayed);
        _model.Classes.Add("replay");
        if (_model.FindUnfinished(job.Request.DedupeKey) is { } standing)
        {
            _model.Classes.Add("replay that yields");
            Assert.Equal(standing.Id, replayed.Value);
        }
        else
        {
            Assert.Null(_model.Find(replayed.Value));
            _model.Add(ReplayOf(job, replayed.Value));
        }

        await CompareAsync(_model.Find(replayed.Value)!);
        await CompareAsync(job);
    }

    private static JobRequest ReplayOf(ModelJob job, JobId id) =>
        job.Request with { Id = id, Delay = TimeSpan.Zero, DedupeFor = null, RootId = job.RootId, ParentId = job.Id };

    private Task CrashAsync(ModelActor actor)
    {
        if (actor.Leases.Exists(lease => _model.Find(lease.JobId)!.Holds(lease)))
        {
            _model.Classes.Add("crash with work in hand");
        }

        actor.Leases.Clear();
        return Task.CompletedTask;
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        await _fixture.AdvanceAsync(by);
        _model.Now += by;
        if (by > TimeSpan.FromDays(1))
        {
            _model.Classes.Add("clock jump");
        }
    }

    private async Task CompareTimeToNextAsync()
    {
        var shown = await Store.GetTimeToNextAsync([_kind], _cancellation);

        // Whether jobs that a limit or a pause holds back count as due is the store's choice.
        if (!_model.Kind.IsLimited)
        {
            Assert.Equal(_model.TimeToNext(), shown);
        }
        else if (_model.TimeToNext() is null)
        {
            Assert.Null(shown);
        }
    }
}
