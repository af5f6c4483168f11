using System.Text;
using Switchyard.Ingest.Yaml;

namespace Switchyard.Ingest.Bundles;

/// <summary>Reads every bundle of a folder or a registry file.</summary>
internal static class BundleSource
{
    private const long MaxRegistryBytes = 16 << 20;
    private const int MaxFiles = 10_000;
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, MaxRecursionDepth = 8 };

    public static IReadOnlyDictionary<string, Bundle> Read(string? path, bool useSample)
    {
        var bundles = path is null ? Sample(useSample) : Directory.Exists(path) ? Folder(path) : Registry(path);
        var byKey = new Dictionary<string, Bundle>(StringComparer.Ordinal);
        foreach (var bundle in bundles)
        {
            if (!byKey.TryAdd(bundle.Path, bundle))
            {
                throw new YamlReadException($"{path}: the bundle '{bundle.Path}' is there twice.");
            }
        }

        return byKey;
    }

    private static IReadOnlyList<Bundle> Sample(bool useSample)
    {
        if (!useSample)
        {
            return [];
        }

        using var stream = typeof(BundleSource).Assembly.GetManifestResourceStream("sample-bundle.yaml")!;
        using var reader = new StreamReader(stream);
        return [BundleReader.ReadYaml(reader.ReadToEnd(), "the built-in sample")];
    }

    private static List<Bundle> Folder(string path) =>
        [.. Directory.EnumerateFiles(path, "_metadata.yaml", Everywhere)
            .Order(StringComparer.Ordinal)
            .Take(MaxFiles)
            .Select(file => BundleReader.ReadYaml(ReadText(file), file))];

    private static IReadOnlyList<Bundle> Registry(string path)
    {
        using var stream = File.OpenRead(path);
        return stream.Length > MaxRegistryBytes
            ? throw new YamlReadException($"{path}: it is larger than {MaxRegistryBytes >> 20} MiB.")
            : BundleReader.ReadRegistry(stream, path);
    }

    /// <summary>Reads a UTF-8 text file that is small enough to be looked at.</summary>
    public static string ReadText(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > YamlText.MaxCharacters)
        {
            throw new YamlReadException($"{path}: it is larger than {YamlText.MaxCharacters / 1024} KiB.");
        }

        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException exception)
        {
            throw new YamlReadException($"{path}: it isn't UTF-8.", exception);
        }
    }
}
