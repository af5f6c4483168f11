using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;

namespace JobsSample.Snippets;

internal static class Enqueueing
{
    public static async Task WithRowAsync(AppDbContext context, IJobQueue queue, Posting posting)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.Postings.Add(posting);
        await context.SaveChangesAsync();
        await queue.EnqueueAsync("post-letter", new Letter(posting.Number));
        await transaction.CommitAsync();
    }

    public static async Task WithOptionsAsync(IJobQueue queue, Letter letter)
    {
        await queue.EnqueueAsync("post-letter", letter, job => job with
        {
            Delay = TimeSpan.FromHours(1),            // or NotBefore, an instant
            Priority = 10,                            // higher is claimed first; 0 unless set
            MaxAttempts = 3,                          // 5 unless set
            Timeout = TimeSpan.FromMinutes(2),        // of one attempt
            DedupeKey = $"letter-{letter.Number}",    // one unfinished job of this kind with this key
            DedupeFor = TimeSpan.FromDays(1),         // and none for a day after, even when it has ended
            ConcurrencyKey = "account:42",            // what limits per key count by
            OnFailure = new JobFollowUp("tell-sender", JobPayload.Serialize(letter)),
        });
    }

    public static async Task ManyAsync(IJobQueue queue, IEnumerable<Letter> letters)
    {
        var requests = letters.Select(letter => new JobRequest
        {
            Id = JobId.New(TimeProvider.System),
            Kind = "post-letter",
            Payload = JobPayload.Serialize(letter),
        });
        await queue.EnqueueAsync(requests.ToList());
    }
}
