using Switchyard.Conformance.Jobs.Operations;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Model;

internal sealed partial class JobStoreMachine
{
    private Func<Task> PrepareOperation(JobCommand command, IJobOperationsFixture operations)
    {
        var options = new JobBulkOptions { Actor = "model", Reason = "history", DryRun = command.A % 5 == 0, Max = 1 + command.B % 3 };
        return command.Kind switch
        {
            JobCommandKind.Pause => () => PauseAsync(operations.Kinds),
            JobCommandKind.Resume => () => ResumeAsync(operations.Kinds),
            JobCommandKind.Limit => () => LimitAsync(operations.Kinds, command.A),
            JobCommandKind.CancelMany => () => CancelManyAsync(operations.Admin, options),
            _ => () => ReplayManyAsync(operations.Admin, options),
        };
    }

    private async Task PauseAsync(IJobKindStore kinds)
    {
        Assert.Equal(!_model.Kind.IsPaused, await kinds.PauseAsync(_kind, "model", "history", _cancellation));
        _model.Kind.IsPaused = true;
    }

    private async Task ResumeAsync(IJobKindStore kinds)
    {
        Assert.Equal(_model.Kind.IsPaused, await kinds.ResumeAsync(_kind, "model", "history", _cancellation));
        _model.Kind.IsPaused = false;
    }

    /// <summary>Sets limits. The odd time of the rate keeps whole seconds off the instants at which a start is won.</summary>
    private async Task LimitAsync(IJobKindStore kinds, int choice)
    {
        var rate = new JobRateLimit(2, TimeSpan.FromMilliseconds(7_301));
        var limits = (choice % 8) switch
        {
            0 => new JobKindLimits { MaxRunning = 2 },
            1 or 2 => new JobKindLimits { MaxRunningPerKey = 1 },
            3 => new JobKindLimits { Rate = rate },
            4 => new JobKindLimits { MaxRunning = 3, MaxRunningPerKey = 1, Rate = rate },
            _ => JobKindLimits.None,
        };
        await kinds.SetLimitsAsync(_kind, limits, _cancellation);
        _model.Kind.SetLimits(limits, _model.Now);
        if (limits.Rate is not null)
        {
            // What a rate that was just set has left is the store's choice; after its time it has all.
            await AdvanceAsync(TimeSpan.FromSeconds(8));
        }
    }

    private async Task CancelManyAsync(IJobAdmin admin, JobBulkOptions options)
    {
        var chosen = Choose(job => job.IsUnfinished && !job.CancelRequested, options);

        var result = await admin.CancelAsync(new JobFilter { Kinds = [_kind] }, options, _cancellation);

        AssertResult(result, chosen.Matched, chosen.Jobs.Length, options);
        foreach (var job in chosen.Jobs)
        {
            _model.Classes.Add("many cancelled");
            if (job.State == JobState.Queued)
            {
                _model.End(job, JobState.Cancelled);
            }
            else
            {
                job.CancelRequested = true;
            }
        }

        await CompareAllAsync();
    }

    private async Task ReplayManyAsync(IJobAdmin admin, JobBulkOptions options)
    {
        var chosen = Choose(job => job.EndedBadly && !_model.HasChild(job), options);

        var result = await admin.ReplayAsync(new JobFilter { Kinds = [_kind] }, options, _cancellation);

        var page = await admin.QueryAsync(new JobFilter { Kinds = [_kind] }, null, 1_000, _cancellation);
        var replays = page.Jobs.Where(job => _model.Find(job.Id) is null).ToDictionary(job => job.ParentId!.Value);
        var expected = 0;
        foreach (var job in chosen.Jobs.Where(job => _model.FindUnfinished(job.Request.DedupeKey) is null))
        {
            _model.Classes.Add("many replayed");
            Assert.True(replays.ContainsKey(job.Id), $"The job {job.Id} was not replayed.");
            _model.Add(ReplayOf(job, replays[job.Id].Id));
            expected++;
        }

        Assert.Equal(expected, replays.Count);
        AssertResult(result, chosen.Matched, expected, options);
        await CompareAllAsync();
    }

    /// <summary>The newest that qualify, up to the cap; none of them in a dry run.</summary>
    private (long Matched, ModelJob[] Jobs) Choose(Func<ModelJob, bool> qualifies, JobBulkOptions options)
    {
        var jobs = _model.Jobs.Where(qualifies).OrderByDescending(job => job.Id.Value).ToArray();
        if (jobs.Length > options.Max)
        {
            _model.Classes.Add("more than the cap");
        }

        return (Math.Min(jobs.Length, options.Max + 1), options.DryRun ? [] : jobs[..Math.Min(jobs.Length, options.Max)]);
    }

    private void AssertResult(JobBulkResult result, long matched, long changed, JobBulkOptions options)
    {
        Assert.Equal((matched, changed, options.DryRun), (result.Matched, result.Changed, result.OperationId is null));
        if (options.DryRun)
        {
            _model.Classes.Add("dry run");
        }
    }

    private async Task CompareAllAsync()
    {
        foreach (var job in _model.Jobs)
        {
            await CompareAsync(job);
        }
    }

    /// <summary>The counts that the store keeps are those of a recount.</summary>
    private async Task CompareCountsAsync()
    {
        if (Operations is { } operations)
        {
            var counts = await operations.Admin.CountAsync(_cancellation);
            Assert.Equal(
                _model.Jobs.GroupBy(job => job.State).Select(group => (group.Key, group.LongCount())).Order(),
                counts.Where(count => count.Kind == _kind).Select(count => (count.State, count.Count)).Order());
        }
    }
}
