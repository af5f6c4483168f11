namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Translates the values of an enumeration to their names on the wire and back, case-sensitively.</summary>
internal sealed class WireNames<T>(params (string Name, T Value)[] names)
    where T : struct, Enum
{
    /// <summary>Gets the names, in order.</summary>
    public IReadOnlyList<string> All { get; } = [.. names.Select(pair => pair.Name)];

    /// <summary>Gets the names as an error message lists them.</summary>
    public string Listed => $"{string.Join(", ", All.SkipLast(1))} or {All[^1]}";

    public string Of(T value) => names.First(pair => pair.Value.Equals(value)).Name;

    public T? Find(string name)
    {
        foreach (var pair in names)
        {
            if (pair.Name == name)
            {
                return pair.Value;
            }
        }

        return null;
    }
}
