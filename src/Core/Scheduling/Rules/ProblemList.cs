namespace Switchyard.Scheduling.Rules;

/// <summary>Collects what is wrong with a request, so that all of it is told at once.</summary>
internal sealed class ProblemList
{
    private const int LongestName = 64;
    private readonly List<FieldProblem> _problems = [];
    private bool _hasCron;

    public void Add(string field, string message) => _problems.Add(new(field, message));

    public void AddUnless(bool holds, string field, string message)
    {
        if (!holds)
        {
            Add(field, message);
        }
    }

    /// <summary>Adds what is wrong with a cron expression, which has a code of its own.</summary>
    public void AddCron(string field, string message)
    {
        _hasCron = true;
        Add(field, message);
    }

    public SchedulingRefusal? ToRefusal()
    {
        if (_problems.Count == 0)
        {
            return null;
        }

        var code = _hasCron && _problems.Count == 1 ? SchedulingCodes.InvalidCron : SchedulingCodes.Validation;
        var message = string.Join(' ', _problems.Select(problem => $"{problem.Field} {problem.Message}{(problem.Message.EndsWith('.') ? "" : ".")}"));
        return new(400, code, message) { Problems = _problems };
    }

    /// <summary>Makes the name of an entry of a field, fit to be shown whatever the user called it.</summary>
    public static string Entry(string field, string name)
    {
        var cut = name.Length > LongestName ? name[..LongestName] + "…" : name;
        return $"{field}.{string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}";
    }
}
