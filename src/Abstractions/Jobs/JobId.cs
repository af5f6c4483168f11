using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Jobs;

/// <summary>Identifies a job: a UUID of version 7, so that ids sort by the time of their making.</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct JobId(Guid Value) : IParsable<JobId>
{
    /// <summary>Makes a new id.</summary>
    /// <param name="timeProvider">The clock that the time part is read from.</param>
    public static JobId New(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return new JobId(Guid.CreateVersion7(timeProvider.GetUtcNow()));
    }

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a UUID of the form <c>xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx</c>.</exception>
    public static JobId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A job id is a UUID with dashes.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new JobId(value);
        return parsed;
    }

    /// <summary>Gets the UUID in lower case with dashes.</summary>
    public override string ToString() => Value.ToString("D");
}
