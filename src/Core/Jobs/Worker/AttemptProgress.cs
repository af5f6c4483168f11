using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Worker;

/// <summary>Keeps the latest that the handler of one attempt reports, until it is written.</summary>
internal sealed class AttemptProgress(ClaimedJob job, ProgressJournal journal, TimeProvider timeProvider) : IJobProgress
{
    private const int MaxLines = 100;
    private const int LineLimit = 512;
    private const int MessageLimit = 256;
    private readonly Lock _gate = new();
    private Queue<JobLogLine>? _lines;
    private double? _percent;
    private string? _message;
    private bool _unwritten;
    private bool _ended;

    /// <summary>Gets whether anything was ever reported.</summary>
    public bool HasReported { get; private set; }

    /// <summary>Gets or sets the monotonic time of the last write; <see langword="null"/> before the first. The journal's loop alone uses it.</summary>
    public long? WrittenAt { get; set; }

    /// <inheritdoc/>
    public void Report(double percent, string? message = null) => Change(() =>
    {
        _percent = double.IsNaN(percent) ? _percent : Math.Clamp(percent, 0, 100);
        _message = Cut(message, MessageLimit) ?? _message;
    });

    /// <inheritdoc/>
    public void Log(string line) => Change(() =>
    {
        _lines ??= new Queue<JobLogLine>();
        if (_lines.Count == MaxLines)
        {
            _lines.Dequeue();
        }

        _lines.Enqueue(new JobLogLine(timeProvider.GetUtcNow(), Cut(line, LineLimit) ?? ""));
    });

    /// <summary>Lets go of the handler: what it reports from now on is ignored.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
        }
    }

    /// <summary>Takes what is to be written, if anything was reported since the last time.</summary>
    public JobJournalEntry? Take()
    {
        lock (_gate)
        {
            if (!_unwritten)
            {
                return null;
            }

            _unwritten = false;
            return new JobJournalEntry { Lease = job.Lease, Attempt = job.Attempt, Percent = _percent, Message = _message, Lines = _lines is null ? [] : [.. _lines] };
        }
    }

    /// <summary>Says that what was taken could not be written.</summary>
    public void PutBack()
    {
        lock (_gate)
        {
            _unwritten = true;
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            change();
            var first = !_unwritten;
            (_unwritten, HasReported) = (true, true);
            if (!first)
            {
                return;
            }
        }

        journal.Changed(this);
    }

    private static string? Cut(string? text, int limit)
    {
        if (text is null || text.Length <= limit)
        {
            return text;
        }

        // Not within a pair of surrogates: half of one is no text, and a database may refuse it.
        return text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
    }
}
