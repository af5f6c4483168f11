using Switchyard.Jobs;
using Switchyard.Storage.EfCore;

namespace JobsSample;

public sealed record Letter(int Number);

public sealed class PostHandler : IJobHandler<Letter>
{
    public async Task<JobRunResult> RunAsync(Letter letter, JobContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine($"letter {letter.Number}, attempt {context.Attempt}");
        await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken); // stands for the way to the letter box
        return JobRunResult.Succeeded(new LetterPosted(letter.Number));
    }
}

public sealed record LetterPosted(int Number) : EfEffect<AppDbContext>
{
    public override Task ApplyAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        context.Postings.Add(new Posting { Number = Number });
        return Task.CompletedTask;
    }
}
