using System.Text.Json;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Reads the members of a JSON object by their types. What values mean is the service's to check; a null counts as absent.</summary>
/// <param name="body">The object.</param>
/// <param name="required">The members that must be there. The service names those that aren't, unless something is wrong already.</param>
internal sealed class BodyFields(JsonElement body, params string[] required)
{
    private const int MaxProblems = 50;
    private const int MaxShownName = 100;

    private readonly List<string> _problems = [];
    private bool _isWrong;

    /// <summary>Gets what is wrong, at most 50 things, in the order of the fields; nothing where all that is there has the right type.</summary>
    public IReadOnlyList<string> Problems => _isWrong ? _problems : [];

    /// <summary>Reads a text.</summary>
    public string? Text(string name)
    {
        var value = Any(name);
        if (value is null or { ValueKind: JsonValueKind.String })
        {
            return value?.GetString();
        }

        Wrong($"{name} must be a string");
        return null;
    }

    /// <summary>Reads an identifier: a UUID in five groups.</summary>
    public Guid? Id(string name)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Uid.TryParse(value.GetString(), out var id))
        {
            return id;
        }

        Wrong($"{name} must be a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301");
        return null;
    }

    /// <summary>Reads a whole number of 32 bits that is written as one: no fraction, no exponent, no text.</summary>
    public int? Number(string name)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && value.GetRawText() != "-0")
        {
            return number;
        }

        Wrong($"{name} must be a whole number from {int.MinValue} to {int.MaxValue}");
        return null;
    }

    /// <summary>Reads a length of time in whole seconds.</summary>
    public TimeSpan? Seconds(string name) => Number(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Reads true or false.</summary>
    public bool? Flag(string name)
    {
        var value = Any(name);
        if (value is null or { ValueKind: JsonValueKind.True or JsonValueKind.False })
        {
            return value?.GetBoolean();
        }

        Wrong($"{name} must be true or false");
        return null;
    }

    /// <summary>Reads one of the names of an enumeration.</summary>
    public T? Choice<T>(string name, WireNames<T> names)
        where T : struct, Enum
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && names.Find(value.GetString()!) is { } found)
        {
            return found;
        }

        Wrong($"{name} must be {names.Listed}");
        return null;
    }

    /// <summary>Reads an instant (RFC 3339).</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Rfc3339.TryParse(value.GetString(), out var instant))
        {
            return instant;
        }

        Wrong($"{name} {Rfc3339.Rule}");
        return null;
    }

    /// <summary>Reads an object whose members are texts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Texts(string name)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong($"{name} must be an object");
            return null;
        }

        var texts = new List<KeyValuePair<string, string>>();
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String)
            {
                texts.Add(KeyValuePair.Create(member.Name, member.Value.GetString()!));
            }
            else
            {
                Wrong($"{name}.{Show(member.Name)} must be a string");
            }
        }

        return texts;
    }

    private JsonElement? Any(string name)
    {
        if (body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (required.Contains(name))
        {
            Add($"{name} is required");
        }

        return null;
    }

    private void Wrong(string problem)
    {
        _isWrong = true;
        Add(problem);
    }

    private void Add(string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add($"{problem}.");
        }
    }

    private static string Show(string name) => name.Length <= MaxShownName ? name : string.Concat(name.AsSpan(0, MaxShownName), "…");
}
