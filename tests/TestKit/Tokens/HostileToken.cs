namespace Switchyard.TestKit.Tokens;

/// <summary>A token that must be refused, and why.</summary>
/// <param name="Name">What it is, in words; unique.</param>
/// <param name="Reason">The code of the refusal.</param>
/// <param name="Make">Writes the token.</param>
public sealed record HostileToken(string Name, string Reason, Func<HostileContext, string> Make)
{
    /// <summary>All of them: wrong headers, shapes, claims and signatures.</summary>
    public static IReadOnlyDictionary<string, HostileToken> All { get; } =
        HostileHeaders.All.Concat(HostileShapes.All).Concat(HostileClaims.All).Concat(HostileSignatures.All)
            .ToDictionary(token => token.Name, StringComparer.Ordinal);
}
