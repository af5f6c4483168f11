using System.Text.Json;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Represents what a request's body turned out to be: a JSON value, or why there is none.</summary>
internal readonly struct JsonBodyResult
{
    private JsonBodyResult(JsonElement value, ReadOnlyMemory<byte> utf8, ErrorReport? error)
    {
        Value = value;
        Utf8 = utf8;
        Error = error;
    }

    /// <summary>Gets the value.</summary>
    public JsonElement Value { get; }

    /// <summary>Gets the bytes of the value as they were sent, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Gets what is wrong with the body, or <see langword="null"/>.</summary>
    public ErrorReport? Error { get; }

    public static JsonBodyResult Read(JsonElement value, ReadOnlyMemory<byte> utf8) => new(value, utf8, null);

    public static JsonBodyResult Refused(ErrorReport error) => new(default, default, error);
}
