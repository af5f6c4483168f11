namespace Switchyard.ReferenceHost.Demo;

/// <summary>Represents what is submitted: the files by key, and the parameters.</summary>
/// <param name="Files">The files' paths, by the bundle's key.</param>
/// <param name="Params">The parameters.</param>
/// <param name="Rows">How many rows the files hold, for the progress display; quoted line breaks count as rows.</param>
internal sealed record DemoInput(IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Params, long Rows)
{
    private const string SampleKey = "INPUT_FILE";

    /// <summary>Gets how many bytes the files hold.</summary>
    public long Bytes => Files.Values.Sum(path => new FileInfo(path).Length);

    /// <summary>Takes the user's files, or generates one in a folder.</summary>
    /// <exception cref="DemoException">A file isn't there.</exception>
    public static async Task<DemoInput> PrepareAsync(DemoOptions options, string folder, CancellationToken cancellationToken)
    {
        var parameters = options.Params;
        if (parameters.Count == 0 && options.Bundle == DemoOptions.SampleBundle)
        {
            parameters = new Dictionary<string, string> { ["TEST_TYPE"] = "SAT" };
        }

        if (options.Files.Count == 0)
        {
            var path = Path.Combine(folder, "sat_results.csv");
            await AssessmentCsv.WriteAsync(path, options.Rows, cancellationToken);
            return new DemoInput(new Dictionary<string, string> { [SampleKey] = path }, parameters, options.Rows);
        }

        var rows = 0L;
        foreach (var path in options.Files.Values)
        {
            rows += File.Exists(path) ? await CountRowsAsync(path, cancellationToken) : throw new DemoException($"There is no file '{path}'.");
        }

        return new DemoInput(options.Files, parameters, rows);
    }

    private static async Task<long> CountRowsAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var buffer = new byte[128 * 1024];
        var (lines, last) = (0L, (byte)'\n');
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            last = buffer[read - 1];
        }

        // Without the header; a last line need not be ended.
        return Math.Max(0, lines - (last == (byte)'\n' ? 1 : 0));
    }
}
