namespace Switchyard.Cron;

/// <summary>The exception that is thrown when a text is no schedule.</summary>
public sealed class CronFormatException : FormatException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="error">What is wrong; its message is the exception's.</param>
    public CronFormatException(CronError error)
        : base(error?.Message)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>Gets what is wrong.</summary>
    public CronError Error { get; }
}
