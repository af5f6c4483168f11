using System.Security.Cryptography;
using System.Text;
using Switchyard.Scheduling;
using Switchyard.Secrets;

namespace PackageConsumer.Snippets;

internal static class Scheduling
{
    public static void Add(WebApplicationBuilder builder, byte[] key)
    {
        builder.Services.AddJobs().UseInMemory();
        builder.Services.AddOutboundGuard();
        builder.Services.AddSingleton<ISecretProtector>(new KeyProtector(key));
        builder.Services.AddScheduling(o => o.MaskSecretHeaders = true).UseInMemory();
    }

    public static async Task<Guid> BackUpDailyAsync(ScheduleService schedules, WebhookService webhooks, string subject, Guid account, Uri receiver)
    {
        var made = await schedules.CreateAsync(subject, new CreateSchedule
        {
            AccountId = account,
            Name = "Daily Backup",
            Schedule = "0 2 * * *",
            TimeZone = "America/New_York",
            Type = 1,
        });
        if (made is not ScheduleResult.Done { Schedule: var schedule })
        {
            var refusal = ((ScheduleResult.Refused)made).Refusal;
            throw new InvalidOperationException($"{refusal.Status} {refusal.Code}: {refusal.Message}");
        }

        var hooked = await webhooks.CreateAsync(subject, new CreateWebhook
        {
            JobId = schedule.Id,
            Url = receiver.AbsoluteUri,
            Method = "POST",
            Headers = [KeyValuePair.Create("Authorization", "Bearer api-key")],
            BodyTemplate = """{"action": "backup", "job": "{{job_name}}", "attempt": {{attempt}}}""",
        });
        if (hooked is WebhookResult.Done { SigningSecret: { } secret })
        {
            await File.WriteAllTextAsync("signing-secret.txt", secret); // shown this once
        }

        return schedule.Id;
    }

    public static async Task WhyAsync(ScheduleService schedules, string subject, Guid id, TimeProvider timeProvider)
    {
        var now = timeProvider.GetUtcNow();
        if (await schedules.ExplainAsync(subject, id, now.AddDays(-7), now) is ExplainResult.Explained { Explanation: var explanation })
        {
            foreach (var instant in explanation.Instants)
            {
                Console.WriteLine($"{instant.At:u} {instant.Outcome}: {instant.Why}");
            }
        }
    }

    public static async Task ReplayYesterdayAsync(ExecutionService executions, string subject, Guid id, TimeProvider timeProvider)
    {
        var now = timeProvider.GetUtcNow();
        var result = await executions.ReplayManyAsync(subject, new ReplayMany { JobId = id, Status = ExecutionStatus.DeadLetter, From = now.AddDays(-1) });
        if (result is ReplayManyResult.Replayed replayed)
        {
            Console.WriteLine($"{replayed.Executions.Count} of {replayed.Matched} firings are replayed.");
        }
    }
}

public sealed class KeyProtector(byte[] key) : ISecretProtector
{
    public string Protect(string purpose, string secret)
    {
        var (nonce, text, tag) = (RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes(secret), new byte[16]);
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, text, text, tag, Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String([.. nonce, .. tag, .. text]);
    }

    public string Unprotect(string purpose, string sealedSecret)
    {
        var bytes = Convert.FromBase64String(sealedSecret);
        var text = bytes[28..];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(bytes.AsSpan(0, 12), text, bytes.AsSpan(12, 16), text, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(text);
    }
}
