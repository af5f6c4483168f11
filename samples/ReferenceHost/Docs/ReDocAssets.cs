using System.IO.Compression;
using System.Text;
using Swashbuckle.AspNetCore.ReDoc;

namespace Switchyard.ReferenceHost.Docs;

/// <summary>ReDoc's page and script without what they would load from elsewhere: a web font and a logo.</summary>
internal static class ReDocAssets
{
    private const string Logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";

    private static readonly Lazy<byte[]> LazyScript = new(ReadScript);

    /// <summary>Gets the script.</summary>
    public static ReadOnlyMemory<byte> Script => LazyScript.Value;

    /// <summary>Opens the page; the names in <c>%(…)</c> are filled in by the middleware.</summary>
    public static Stream OpenPage() => new MemoryStream(Encoding.UTF8.GetBytes(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>%(DocumentTitle)</title>
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <link href="index.css" rel="stylesheet" type="text/css">
          <link href="../docs/favicon-32x32.png" rel="icon" type="image/png">
          %(HeadContent)
        </head>
        <body>
          <div id="redoc-container"></div>
          <script src="redoc.standalone.js"></script>
          <script src="index.js"></script>
        </body>
        </html>
        """));

    private static byte[] ReadScript()
    {
        var assembly = typeof(ReDocOptions).Assembly;
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith("redoc.standalone.js", StringComparison.Ordinal));
        using var packed = assembly.GetManifestResourceStream(name)!;
        using var unpacked = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return Encoding.UTF8.GetBytes(unpacked.ReadToEnd().Replace(Logo, "data:,", StringComparison.Ordinal));
    }
}
