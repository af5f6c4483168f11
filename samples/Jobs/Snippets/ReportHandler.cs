using Switchyard.Jobs;

namespace JobsSample.Snippets;

public sealed record Report(int Pages);

public interface IPrinter
{
    Task<bool> PrintAsync(int page, string idempotencyKey, CancellationToken cancellationToken);
}

public sealed class ReportHandler(IPrinter printer) : IJobHandler<Report>
{
    public async Task<JobRunResult> RunAsync(Report report, JobContext context, CancellationToken cancellationToken)
    {
        if (report.Pages < 1)
        {
            return JobRunResult.Failed("The report has no pages.");
        }

        for (var page = 1; page <= report.Pages; page++)
        {
            context.Progress.Report(100.0 * page / report.Pages, $"page {page}");
            if (!await printer.PrintAsync(page, idempotencyKey: $"{context.JobId}-{page}", cancellationToken))
            {
                return JobRunResult.RetryAfter(TimeSpan.FromMinutes(5), "The printer is out of paper.");
            }
        }

        return JobRunResult.Succeeded(new JobRequest
        {
            Id = JobId.New(TimeProvider.System),
            Kind = "post-letter",
            Payload = JobPayload.Serialize(new Letter(report.Pages)),
        });
    }
}
