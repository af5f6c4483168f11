using System.Text;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Represents a request that is ready to be sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL with all parameters.</param>
/// <param name="Headers">All headers; the user's own are the first <paramref name="OwnHeaders"/>.</param>
/// <param name="OwnHeaders">How many headers are the user's own.</param>
/// <param name="Body">The body; <see langword="null"/> where none is sent.</param>
internal sealed record OutgoingRequest(string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, int OwnHeaders, byte[]? Body)
{
    /// <summary>Makes a message of it. Headers go as they are: they were checked when they were saved.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(Url)) { Content = Body is null ? null : new ByteArrayContent(Body) };
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>Shows it to its owner.</summary>
    public RenderedRequest ToRendered(bool masked) =>
        new(Method, Url, masked ? SecretHeaders.Mask(Headers) : Headers, Body is null ? null : Encoding.UTF8.GetString(Body));
}
