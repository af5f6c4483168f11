namespace Switchyard.ReferenceHost.Configuration;

/// <summary>The exception that is thrown when variables are missing or malformed: one line for each of them.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>Gets the lines, each naming the variable, what is wrong and an example; none holds a secret.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
