using System.Globalization;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Represents what fills the tokens of a template (contract 5).</summary>
internal sealed record TemplateValues(Guid JobId, string JobName, Guid ExecutionId, int Attempt, DateTimeOffset ScheduledAt, DateTimeOffset Now)
{
    public static readonly string[] Tokens = ["job_id", "job_name", "execution_id", "attempt", "scheduled_at", "now"];

    /// <summary>Gets the value of a token, which must be one of <see cref="Tokens"/>.</summary>
    public string Of(string token) => token switch
    {
        "job_id" => JobId.ToString("D"),
        "job_name" => JobName,
        "execution_id" => ExecutionId.ToString("D"),
        "attempt" => Attempt.ToString(CultureInfo.InvariantCulture),
        "scheduled_at" => Instant(ScheduledAt),
        "now" => Instant(Now),
        _ => throw new ArgumentOutOfRangeException(nameof(token), token, "It is not a token."),
    };

    private static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
