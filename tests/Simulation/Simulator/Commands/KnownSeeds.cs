using System.Globalization;

namespace Switchyard.Simulation.Commands;

/// <summary>Reads seeds.txt: the seeds that failed once, and are run for ever.</summary>
internal static class KnownSeeds
{
    public static IReadOnlyList<ulong> All { get; } = Read();

    private static ulong[] Read()
    {
        using var stream = typeof(KnownSeeds).Assembly.GetManifestResourceStream("seeds.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n')
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)
            .Select(line => ulong.Parse(line, CultureInfo.InvariantCulture))];
    }
}
