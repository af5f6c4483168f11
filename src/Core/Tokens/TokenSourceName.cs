namespace Switchyard.Tokens;

/// <summary>Marks that a name is taken, and by what kind of options.</summary>
internal sealed record TokenSourceName(string Name, Type Options);
