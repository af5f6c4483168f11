using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Switchyard.Ingest.Yaml;

/// <summary>Reads YAML into closed types, after a scan of its events that bounds what the reader will do.</summary>
/// <remarks>
/// YamlDotNet 16 recurses without a limit, so a text of many brackets ends the process, and anchors blow a small text up;
/// neither can be caught afterwards. The scan builds no objects.
/// </remarks>
internal static class YamlText
{
    public const int MaxCharacters = 256 * 1024;
    private const int MaxDepth = 32;
    private const int MaxEvents = 20_000;

    /// <summary>Reads a text as <typeparamref name="T"/>; every problem is a <see cref="YamlReadException"/> naming the source and the line.</summary>
    public static T Read<T>(string text, string source)
    {
        try
        {
            Scan(text, source);
            var deserializer = new DeserializerBuilder().WithDuplicateKeyChecking().Build();
            return deserializer.Deserialize<T>(text) ?? throw new YamlReadException($"{source}: it is empty.");
        }
        catch (YamlException exception)
        {
            var cause = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
            throw new YamlReadException($"{source}: line {Line(exception.Start)}: {OneLine(cause)}", exception);
        }
    }

    /// <summary>Checks size, depth, number of events, and that there are no anchors, aliases, tags or further documents.</summary>
    public static void Scan(string text, string source)
    {
        if (text.Length > MaxCharacters)
        {
            throw new YamlReadException($"{source}: it is longer than {MaxCharacters / 1024} KiB.");
        }

        var parser = new Parser(new StringReader(text));
        var depth = 0;
        var documents = 0;
        for (var events = 0; parser.MoveNext(); events++)
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            documents += current is DocumentStart ? 1 : 0;
            if (Fault(current, depth, events, documents) is { } fault)
            {
                throw new YamlReadException($"{source}: line {Line(current.Start)}: {fault}");
            }
        }
    }

    // Stream and document are levels of their own.
    private static string? Fault(ParsingEvent current, int depth, int events, int documents) => current switch
    {
        _ when depth > MaxDepth + 2 => $"it is nested deeper than {MaxDepth} levels.",
        _ when events >= MaxEvents => $"it has more than {MaxEvents} elements.",
        _ when documents > 1 => "it holds more than one document.",
        AnchorAlias => "aliases (*name) are not allowed.",
        NodeEvent { Anchor.IsEmpty: false } => "anchors (&name) are not allowed.",
        NodeEvent { Tag.IsEmpty: false } => "tags (!name) are not allowed.",
        _ => null,
    };

    private static string Line(Mark mark) => mark.Line.ToString(CultureInfo.InvariantCulture);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
