namespace Switchyard.AspNetCore;

/// <summary>Reads identifiers out of paths: 32 hexadecimal digits in five groups, nothing else.</summary>
internal static class Uid
{
    // Guid.TryParseExact forgives white space and, in a group, a sign or a 0x; writing the value back doesn't.
    public static bool TryParse(string? text, out Guid uid) =>
        Guid.TryParseExact(text, "D", out uid) && string.Equals(uid.ToString("D"), text, StringComparison.OrdinalIgnoreCase);
}
