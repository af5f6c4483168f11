namespace Switchyard.Jobs;

/// <summary>Takes what a handler says about its attempt while it runs. Returns at once and never throws.</summary>
/// <remarks>
/// The worker keeps the latest progress and the last lines, and writes them now and then, so that a handler may report as often
/// as it likes. What is reported last may be lost with the process; it is for people to read, never for work to depend on.
/// </remarks>
public interface IJobProgress
{
    /// <summary>Says how far the attempt is.</summary>
    /// <param name="percent">From 0 to 100; what lies outside is brought to the nearer bound.</param>
    /// <param name="message">What is being done, in a few words; no secrets. At most 256 characters are kept.</param>
    void Report(double percent, string? message = null);

    /// <summary>Adds a line to the attempt's log. No secrets.</summary>
    /// <param name="line">The line; at most 512 characters of it are kept, and of all lines the last 100.</param>
    void Log(string line);
}
