using System.Text;
using System.Text.RegularExpressions;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.Ingest.Command;

/// <summary>Clears a line of output of our tokens, of signatures of URLs, and of given secrets.</summary>
internal sealed partial class Redactor(IEnumerable<string> secrets)
{
    public const string Mark = "[redacted]";
    private const int LeastSecret = 4;
    private static readonly Regex Token = new(Regex.Escape(CallbackTokens.Header) + "[A-Za-z0-9_.-]*", RegexOptions.NonBacktracking);

    // The longest first: one secret may begin another.
    private readonly string[] _secrets =
        [.. secrets.Where(secret => secret.Length >= LeastSecret).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)];

    public string Redact(string line)
    {
        var clean = new StringBuilder(Signature().Replace(Token.Replace(line, Mark), "${name}=" + Mark));
        foreach (var secret in _secrets)
        {
            clean.Replace(secret, Mark);
        }

        return clean.ToString();
    }

    [GeneratedRegex("(?<name>(?i:signature|x-amz-signature|x-amz-security-token|x-amz-credential))=[^&\\s\"']+", RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
