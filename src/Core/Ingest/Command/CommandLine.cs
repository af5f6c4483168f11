using System.Text;

namespace Switchyard.Ingest.Command;

/// <summary>Splits a command line as a POSIX shell would, and does nothing else that a shell does: no variables, globs, pipes.</summary>
internal static class CommandLine
{
    /// <summary>Splits at blanks; single quotes keep all, double quotes keep blanks, a backslash keeps the next character.</summary>
    /// <returns>The words, or <see langword="null"/> where a quote is never closed or there is no word.</returns>
    public static IReadOnlyList<string>? Split(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word!.Append(IsEscape(text, i, quote) ? text[++i] : c);
                }
            }
            else if (char.IsWhiteSpace(c))
            {
                Flush(words, ref word);
            }
            else
            {
                word ??= new();
                quote = c is '\'' or '"' ? c : '\0';
                if (quote == '\0')
                {
                    word.Append(IsEscape(text, i, quote) ? text[++i] : c);
                }
            }
        }

        Flush(words, ref word);
        return quote != '\0' || words.Count == 0 ? null : words;
    }

    // Inside of double quotes a backslash means something only before these.
    private static bool IsEscape(string text, int index, char quote) =>
        text[index] == '\\' && index + 1 < text.Length
        && (quote == '\0' || (quote == '"' && text[index + 1] is '"' or '\\' or '$' or '`'));

    private static void Flush(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
        }

        word = null;
    }
}
