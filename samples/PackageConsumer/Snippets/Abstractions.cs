using Switchyard.Jobs;

namespace PackageConsumer.Snippets;

public sealed record Greeting(string Name);

public sealed class GreetHandler : IJobHandler<Greeting>
{
    public Task<JobRunResult> RunAsync(Greeting payload, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(payload.Name.Length > 0
            ? JobRunResult.Succeeded().WithOutput($"\"Hello {payload.Name}, attempt {context.Attempt}\"")
            : JobRunResult.Failed("There is nobody to greet."));
}
