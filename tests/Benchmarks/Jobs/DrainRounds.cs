namespace Switchyard.Benchmarks.Jobs;

/// <summary>Keeps rounds, each of them a comparator's rate and drains that were measured in turn with it.</summary>
internal sealed class DrainRounds
{
    private readonly List<(double Bare, Dictionary<string, Drain> Ours)> _rounds = [];
    private (double Bare, Dictionary<string, Drain> Ours) _current;

    /// <summary>Gets the comparator's rate.</summary>
    public double Floor => Report.Median(_rounds.Select(round => round.Bare));

    public void Begin(double bare) => _current = (bare, []);

    public void Add(string name, Drain drain) => _current.Ours.Add(name, drain);

    /// <summary>Prints a round, and keeps it unless it was to warm up.</summary>
    public void End(bool isWarmUp)
    {
        Report.Print($"{(isWarmUp ? "warm-up" : "round")}: bare {_current.Bare:N0}/s, {string.Join(", ", _current.Ours.Select(of => FormattableString.Invariant($"{of.Key} {of.Value.Rate:N0}/s")))}");
        if (!isWarmUp)
        {
            _rounds.Add(_current);
        }
    }

    public double Rate(string name) => Report.Median(_rounds.Select(round => round.Ours[name].Rate));

    public double Microseconds(string name) => Report.Median(_rounds.Select(round => round.Ours[name].Microseconds));

    public IReadOnlyList<double> Ratios(string name) => [.. _rounds.Select(round => round.Ours[name].Rate / round.Bare)];

    public IReadOnlyList<double> Against(string name, string other) => [.. _rounds.Select(round => round.Ours[name].Rate / round.Ours[other].Rate)];
}
