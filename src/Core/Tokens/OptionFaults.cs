using Microsoft.Extensions.Options;

namespace Switchyard.Tokens;

/// <summary>Collects what is wrong with options, each fault naming the issuer that it concerns.</summary>
internal sealed class OptionFaults(string subject)
{
    private readonly List<string> _faults = [];

    public void Unless(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add($"{subject}: {fault}.");
        }
    }

    public void UnlessWithin<T>(T value, T least, T most, string option)
        where T : IComparable<T> =>
        Unless(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, $"{option} must be from {least} to {most}");

    public ValidateOptionsResult ToResult() =>
        _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);
}
