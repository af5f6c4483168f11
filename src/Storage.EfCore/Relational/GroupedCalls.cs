namespace Switchyard.Storage.EfCore;

/// <summary>Puts calls together that come while one is under way: the first goes at once, those that come meanwhile go as one after it.</summary>
/// <param name="run">Runs the calls of a group, and gives what each comes to. It isn't cancelled by any of its callers.</param>
/// <param name="most">How many make a group at the most.</param>
internal sealed class GroupedCalls<TCall, TResult>(Func<IReadOnlyList<TCall>, Task<IReadOnlyList<TResult>>> run, int most)
{
    private readonly Lock _gate = new();
    private readonly Queue<(TCall Call, TaskCompletionSource<TResult> Result)> _waiting = new();
    private bool _isRunning;

    /// <summary>Runs a call with those of others. An exception of the group is everybody's.</summary>
    public Task<TResult> RunAsync(TCall call, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool begins;
        lock (_gate)
        {
            _waiting.Enqueue((call, result));
            begins = !_isRunning;
            _isRunning = true;
        }

        if (begins)
        {
            _ = RunGroupsAsync();
        }

        return result.Task.WaitAsync(cancellationToken);
    }

    private async Task RunGroupsAsync()
    {
        while (Take() is { Count: > 0 } group)
        {
            try
            {
                var results = await run(group.ConvertAll(one => one.Call)).ConfigureAwait(false);
                for (var index = 0; index < group.Count; index++)
                {
                    group[index].Result.TrySetResult(results[index]);
                }
            }
            catch (Exception exception)
            {
                group.ForEach(one => one.Result.TrySetException(exception));
            }
        }
    }

    private List<(TCall Call, TaskCompletionSource<TResult> Result)> Take()
    {
        lock (_gate)
        {
            var group = new List<(TCall, TaskCompletionSource<TResult>)>(Math.Min(_waiting.Count, most));
            while (group.Count < most && _waiting.TryDequeue(out var one))
            {
                group.Add(one);
            }

            _isRunning = group.Count > 0;
            return group;
        }
    }
}
