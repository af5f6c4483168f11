using System.Text.Json;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

/// <summary>Proves an admin: each test is an obligation of <see cref="IJobAdmin"/>.</summary>
public abstract partial class JobAdminConformance : JobOperationsConformance
{
    private static readonly JobBulkOptions Options = new() { Actor = "ann", Reason = "the target is back" };

    private IJobAdmin Admin => Fixture.Admin;

    private JobFilter Mine => new() { Kinds = [Kind] };

    /// <summary>Who, what, why, how many, when.</summary>
    [Fact]
    public async Task Changes_are_recorded_with_all_that_was_asked_and_latest_first()
    {
        await EndedAsync(JobState.Failed);
        await EndedAsync(JobState.Failed);
        var start = (await GetAsync((await EnqueueAsync(NewRequest()))[0])).CreatedAt;
        var cancelled = await Admin.CancelAsync(Mine, Options with { Actor = "bob" }, Cancellation);
        await AdvanceAsync(5);
        var replayed = await Admin.ReplayAsync(Mine with { ErrorType = "none" }, Options, Cancellation);
        await AdvanceAsync(5);
        var discarded = await Admin.DiscardAsync(Mine with { States = [JobState.Failed] }, Options with { Max = 1, Reason = "hopeless" }, Cancellation);

        var operations = await Admin.ListOperationsAsync(10, Cancellation);

        Assert.Equal(
            [
                (discarded.OperationId, "discard", "ann", "hopeless", 1L, start + TimeSpan.FromSeconds(10)),
                (replayed.OperationId, "replay", "ann", "the target is back", 0L, start + TimeSpan.FromSeconds(5)),
                (cancelled.OperationId, "cancel", "bob", "the target is back", 1L, start),
            ],
            operations.Select(operation => ((Guid?)operation.Id, operation.Action, operation.Actor, operation.Reason, operation.Changed, operation.At)));
        Assert.All(operations, AssertTargetIsTheFilter);
        Assert.Equal(operations.Take(2), await Admin.ListOperationsAsync(2, Cancellation));
    }

    /// <summary>A dry run leaves nothing behind.</summary>
    [Theory]
    [InlineData("cancel")]
    [InlineData("replay")]
    [InlineData("discard")]
    public async Task Dry_run_counts_and_changes_and_records_nothing(string action)
    {
        var (failed, queued) = (await EndedAsync(JobState.Failed), (await EnqueueAsync(NewRequest()))[0]);
        var before = (await GetAsync(failed), await GetAsync(queued));

        Assert.Equal(new JobBulkResult(1, 0, null), await ChangeAsync(action, Mine, Options with { DryRun = true }));

        Assert.Equal(before, (await GetAsync(failed), await GetAsync(queued)));
        Assert.Equal(2, (await Admin.QueryAsync(Mine, null, 10, Cancellation)).Jobs.Count);
        Assert.Empty(await Admin.ListOperationsAsync(10, Cancellation));
        Assert.Equal((1L, 1L), Figures(await ChangeAsync(action, Mine, Options)));
    }

    /// <summary>The cap bounds a change; what qualifies is counted to one beyond it.</summary>
    [Theory]
    [InlineData("cancel")]
    [InlineData("replay")]
    [InlineData("discard")]
    public async Task Cap_bounds_a_change_newest_first_and_a_repetition_does_the_rest(string action)
    {
        var ids = await EnqueueAsync(NewRequests(7));
        if (action != "cancel")
        {
            foreach (var lease in await LeasesAsync())
            {
                await EndAsync(lease, JobState.Failed);
            }
        }

        Assert.Equal((4L, 0L), Figures(await ChangeAsync(action, Mine, Options with { Max = 3, DryRun = true })));
        Assert.Equal((4L, 3L), Figures(await ChangeAsync(action, Mine, Options with { Max = 3 })));
        Assert.Equal(ids[4..], await ChangedAsync(action, ids));
        Assert.Equal((4L, 3L), Figures(await ChangeAsync(action, Mine, Options with { Max = 3 })));
        Assert.Equal(ids[1..], await ChangedAsync(action, ids));
        Assert.Equal((1L, 1L), Figures(await ChangeAsync(action, Mine, Options with { Max = 3 })));
        Assert.Equal(ids, await ChangedAsync(action, ids));
        Assert.Equal((0L, 0L), Figures(await ChangeAsync(action, Mine, Options with { Max = 3 })));
        Assert.Equal([0, 1, 3, 3], (await Admin.ListOperationsAsync(10, Cancellation)).Select(operation => operation.Changed).Order());
    }

    /// <summary>What is out of bounds is refused, and nothing is changed or recorded.</summary>
    [Theory]
    [InlineData("long actor")]
    [InlineData("long reason")]
    [InlineData("none")]
    [InlineData("too many")]
    public async Task Options_out_of_bounds_are_a_programmer_error(string what)
    {
        var (failed, queued) = (await EndedAsync(JobState.Failed), (await EnqueueAsync(NewRequest()))[0]);
        var options = what switch
        {
            "long actor" => Options with { Actor = new string('a', 257) },
            "long reason" => Options with { Reason = new string('r', 1025) },
            "none" => Options with { Max = 0 },
            _ => Options with { Max = 100_001 },
        };

        foreach (var action in new[] { "cancel", "replay", "discard" })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ChangeAsync(action, Mine, options));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ChangeAsync(action, Mine, options with { DryRun = true }));
        }

        Assert.Equal((JobState.Failed, JobState.Queued), ((await GetAsync(failed)).State, (await GetAsync(queued)).State));
        Assert.Empty(await Admin.ListOperationsAsync(10, Cancellation));
    }

    /// <summary>What is as long and as many as allowed is taken.</summary>
    [Fact]
    public async Task Options_at_their_bounds_are_taken()
    {
        await EnqueueAsync(NewRequest());

        Assert.Equal((1L, 1L), Figures(await Admin.CancelAsync(Mine, new() { Actor = new string('a', 256), Reason = new string('r', 1024), Max = 100_000 }, Cancellation)));

        var operation = Assert.Single(await Admin.ListOperationsAsync(1_000, Cancellation));
        Assert.Equal((new string('a', 256), new string('r', 1024)), (operation.Actor, operation.Reason));
    }

    /// <summary>Lists have their bounds too.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    public async Task Limits_out_of_bounds_are_a_programmer_error(int limit)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Admin.QueryAsync(new JobFilter(), null, limit, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Admin.ListOperationsAsync(limit, Cancellation));
    }

    private Task<JobBulkResult> ChangeAsync(string action, JobFilter filter, JobBulkOptions options) => action switch
    {
        "cancel" => Admin.CancelAsync(filter, options, Cancellation),
        "replay" => Admin.ReplayAsync(filter, options, Cancellation),
        _ => Admin.DiscardAsync(filter, options, Cancellation),
    };

    private static (long Matched, long Changed) Figures(JobBulkResult result) => (result.Matched, result.Changed);

    /// <summary>Those of the jobs that a change has changed.</summary>
    private async Task<JobId[]> ChangedAsync(string action, JobId[] ids)
    {
        var jobs = (await Admin.QueryAsync(Mine, null, 1_000, Cancellation)).Jobs;
        return [.. ids.Where(id => action switch
        {
            "cancel" => jobs.Single(job => job.Id == id).State == JobState.Cancelled,
            "replay" => jobs.Any(job => job.ParentId == id),
            _ => jobs.All(job => job.Id != id),
        })];
    }

    private void AssertTargetIsTheFilter(JobOperation operation)
    {
        using var target = JsonDocument.Parse(operation.Target);
        Assert.Equal(JsonValueKind.Object, target.RootElement.ValueKind);
        Assert.Contains(Kind, operation.Target, StringComparison.Ordinal);
    }
}
