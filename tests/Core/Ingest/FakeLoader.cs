namespace Switchyard.Ingest;

/// <summary>Counts lines, or does what a test says.</summary>
internal sealed class FakeLoader : IAnalyticsLoader
{
    public string Engine => "fake";

    public List<AnalyticsLoad> Loads { get; } = [];

    public Func<AnalyticsLoad, CancellationToken, Task<AnalyticsLoadResult>>? Does { get; set; }

    public async Task<AnalyticsLoadResult> LoadAsync(AnalyticsLoad load, CancellationToken cancellationToken)
    {
        Loads.Add(load);
        if (Does is not null)
        {
            return await Does(load, cancellationToken);
        }

        await using var stream = await load.OpenAsync(cancellationToken);
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        load.Progress?.Report(new(lines, 0, 0));
        return new AnalyticsLoadResult.Loaded(new(lines, 0, 0), "memory");
    }
}
