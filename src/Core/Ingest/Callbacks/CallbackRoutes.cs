using Microsoft.Extensions.Options;

namespace Switchyard.Ingest.Callbacks;

/// <summary>Knows where the callback API lies, as executors see it.</summary>
internal sealed class CallbackRoutes(IOptions<IngestOptions> options)
{
    public Uri Init(Guid runUid) => At($"auth/{runUid:D}/init");

    public Uri Job(Guid runUid) => At($"jobs/{runUid:D}");

    public Uri Report(Guid runUid, string what) => At($"jobs/{runUid:D}/{what}");

    private Uri At(string path)
    {
        var publicUrl = options.Value.PublicUrl ?? throw new InvalidOperationException("Set IngestOptions.PublicUrl to the host's own base URL, such as http://localhost:8080.");
        return new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}/api/earthbeam/{path}");
    }
}
