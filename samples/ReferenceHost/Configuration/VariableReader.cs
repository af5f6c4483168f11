using System.Globalization;

namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Reads variables one by one and collects what is wrong, so that all of it can be told at once.</summary>
/// <remarks>A variable that is set to nothing but blanks counts as unset.</remarks>
internal sealed class VariableReader(Func<string, string?> variable)
{
    private readonly List<string> _problems = [];

    /// <summary>Gets the problems so far, one line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Gets a variable's text, trimmed, or <see langword="null"/> where it is unset.</summary>
    public string? Text(string name)
    {
        var value = variable(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Gets a variable or its alias; the two may not contradict each other.</summary>
    public (string Name, string? Value) Text(string name, string alias)
    {
        var (value, other) = (Text(name), Text(alias));
        if (value is not null && other is not null && value != other)
        {
            Problem(name, $"contradicts its alias {alias}", $"set {name} alone");
        }

        return value is null && other is not null ? (alias, other) : (name, value);
    }

    /// <summary>Gets a whole number within a range, or the default where the variable is unset or wrong.</summary>
    public long Number(string name, long least, long most, long otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(name, $"'{text}' is not a whole number from {least} to {most}", $"{name}={otherwise}");
        return otherwise;
    }

    /// <summary>Gets <c>true</c> or <c>false</c>, or the default where the variable is unset or wrong.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Problem(name, $"'{text}' is neither true nor false", $"{name}={(otherwise ? "true" : "false")}");
        return otherwise;
    }

    /// <summary>Gets an absolute http or https URL without query, fragment and user, or <see langword="null"/>.</summary>
    public Uri? Url(string name, string example) => Text(name) is { } text ? Url(name, text, example) : null;

    /// <summary>Checks a text that came from a variable as <see cref="Url(string, string)"/> does.</summary>
    public Uri? Url(string name, string text, string example)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url is { Query: "", Fragment: "", UserInfo: "" })
        {
            return url;
        }

        // The text isn't shown: a URL that is malformed may well hold a password.
        Problem(name, "is not an absolute http or https URL without user, query and fragment", $"{name}={example}");
        return null;
    }

    /// <summary>Adds a problem.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="wrong">What is wrong with it, without a secret.</param>
    /// <param name="example">What would be right.</param>
    public void Problem(string name, string wrong, string example) =>
        _problems.Add($"{name} {wrong}; example: {example}".ReplaceLineEndings(" "));

    /// <summary>Stops the start when there was a problem.</summary>
    /// <exception cref="SettingsException">There was one.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new SettingsException([.. _problems]);
        }
    }
}
