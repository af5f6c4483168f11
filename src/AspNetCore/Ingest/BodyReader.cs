using System.Text.Json;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Reads the members of a JSON object and collects everything that is wrong with them.</summary>
internal sealed class BodyReader(JsonElement body)
{
    private const int MaxViolations = 50;
    private const int MaxShownName = 100;
    private const int MaxShortText = 255;

    private readonly List<string> _violations = [];

    /// <summary>Gets what is wrong; at most 50 things.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Reads a string that must be there and hold something.</summary>
    public string Text(string name)
    {
        if (body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Violate($"{name} must be a non-empty string");
        return "";
    }

    /// <summary>Reads a string of at most 255 characters that must be there and hold something.</summary>
    public string ShortText(string name)
    {
        var text = Text(name);
        if (text.Length > MaxShortText)
        {
            Violate($"{name} must be at most {MaxShortText} characters long");
        }

        return text;
    }

    /// <summary>Reads a whole number that isn't negative; <see langword="null"/> where it is absent or null.</summary>
    public long? Count(string name)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0)
        {
            return count;
        }

        Violate($"{name} must be a whole number, not negative");
        return null;
    }

    /// <summary>Reads a member of any kind; <see langword="null"/> where it is absent or null.</summary>
    public JsonElement? Any(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Reads an object's members, or none where it is no object.</summary>
    public IEnumerable<JsonProperty> Members(string name, bool required)
    {
        var value = Any(name);
        if (value is { ValueKind: JsonValueKind.Object } found)
        {
            return found.EnumerateObject();
        }

        if (required || value is not null)
        {
            Violate($"{name} must be an object");
        }

        return [];
    }

    /// <summary>Adds something that is wrong.</summary>
    public void Violate(string violation)
    {
        if (_violations.Count < MaxViolations)
        {
            _violations.Add(violation);
        }
    }

    /// <summary>Gives a member's name for an error message: not more of it than people read.</summary>
    public static string Show(string name) => name.Length <= MaxShownName ? name : string.Concat(name.AsSpan(0, MaxShownName), "…");
}
