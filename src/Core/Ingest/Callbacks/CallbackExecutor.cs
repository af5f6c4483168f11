namespace Switchyard.Ingest.Callbacks;

/// <summary>Leaves a run to an executor that runs elsewhere: it asks for waiting runs and reports back.</summary>
internal sealed class CallbackExecutor : IJobExecutor
{
    public const string ExecutorName = "callback";

    public string Name => ExecutorName;

    public bool RunsInProcess => false;

    public Task<ExecutorResult> ExecuteAsync(ExecutorRun run, CancellationToken cancellationToken) =>
        Task.FromResult<ExecutorResult>(new ExecutorResult.Detached());
}
