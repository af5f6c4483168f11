using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;

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

    public static void AddRecurring(WebApplicationBuilder builder)
    {
        builder.Services.AddJobs()
            .AddHandler<MailHandler, Mail>("mail")
            .AddRecurring(
                "nightly-report", "0 2 * * *", "America/New_York", "mail", new Mail("ada@example.org", "Last night"),
                job => job with { MisfirePolicy = MisfirePolicy.FireOnce, OverlapPolicy = OverlapPolicy.Skip })
            .UseEfCore<AppDbContext>();
    }

    public static async Task ManageAsync(IRecurringJobs recurring)
    {
        await recurring.AddOrUpdateAsync(new RecurringJobDefinition
        {
            Name = "reminder-42", Expression = "*/15 8-17 * * MON-FRI", TimeZone = "Europe/Dublin",
            Kind = "mail", Payload = JobPayload.Serialize(new Mail("ada@example.org", "Don't forget")),
        });
        await recurring.SetEnabledAsync("reminder-42", enabled: false);
        await recurring.TriggerAsync("reminder-42");
        await recurring.RemoveAsync("reminder-42");
    }

    public static async Task EnqueueAsync(IJobQueue queue)
    {
        await queue.EnqueueAsync("mail", new Mail("ada@example.org", "Hello"));
        await queue.EnqueueAsync("mail", new Mail("ada@example.org", "Still there?"), job => job with { Delay = TimeSpan.FromHours(1), DedupeKey = "ask-ada" });
    }
}
