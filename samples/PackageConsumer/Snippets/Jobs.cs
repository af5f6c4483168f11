using Switchyard.Jobs;

namespace PackageConsumer.Snippets;

public interface IMailer
{
    Task SendAsync(Mail mail, string idempotencyKey, CancellationToken cancellationToken);
}

public sealed record Mail(string To, string Subject);

public sealed class MailHandler(IMailer mailer) : IJobHandler<Mail>
{
    public async Task<JobRunResult> RunAsync(Mail mail, JobContext context, CancellationToken cancellationToken)
    {
        await mailer.SendAsync(mail, idempotencyKey: context.JobId.ToString(), cancellationToken);
        return JobRunResult.Succeeded();
    }
}

internal static class Jobs
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddJobs().AddHandler<MailHandler, Mail>("mail").UseEfCore<AppDbContext>();
    }

    public static async Task EnqueueAsync(IJobQueue queue)
    {
        await queue.EnqueueAsync("mail", new Mail("ada@example.org", "Hello"));
        await queue.EnqueueAsync("mail", new Mail("ada@example.org", "Still there?"), job => job with { Delay = TimeSpan.FromHours(1), DedupeKey = "ask-ada" });
    }
}
