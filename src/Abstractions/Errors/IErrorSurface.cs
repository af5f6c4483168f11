namespace Switchyard.Errors;

/// <summary>Owns the routes under some prefixes and writes every error below them in its own shape.</summary>
/// <remarks>Where several surfaces claim a path, the longest prefix wins. Prefixes match whole segments, whatever their case.</remarks>
public interface IErrorSurface
{
    /// <summary>Gets the path prefixes, each beginning with <c>/</c> and without one at the end (but for <c>/</c> itself).</summary>
    IReadOnlyList<string> Prefixes { get; }

    /// <summary>Formats an error as the JSON body of this surface, in UTF-8.</summary>
    ReadOnlyMemory<byte> Format(ErrorReport report);
}
