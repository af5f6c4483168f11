namespace Switchyard.Ingest;

/// <summary>Represents the value of a parameter as JSON had it: a text, null, or something else, which is never good.</summary>
public readonly record struct ParamValue
{
    private ParamValue(string? text, bool isText)
    {
        Text = text;
        IsOther = !isText && text is null;
    }

    /// <summary>Gets what a JSON value that is neither a string nor null becomes.</summary>
    public static ParamValue Other { get; } = new(null, isText: false);

    /// <summary>Gets what a JSON null becomes: as good as absent.</summary>
    public static ParamValue Null => default;

    /// <summary>Gets the text; <see langword="null"/> where the value isn't one.</summary>
    public string? Text { get; }

    /// <summary>Gets whether the value is neither a text nor null.</summary>
    public bool IsOther { get; }

    /// <summary>Makes the value of a JSON string.</summary>
    public static ParamValue Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text, isText: true);
    }
}
