using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>A host for the demo alone: in Development, on a free port, on a data directory of its own that stays.</summary>
internal sealed class DemoHost : IAsyncDisposable
{
    private static readonly string[] Respected = ["BUNDLES_PATH", "UPLOAD_MAX_BYTES"];
    private readonly WebApplication _app;

    private DemoHost(WebApplication app, HostSettings settings)
    {
        _app = app;
        Settings = settings;
    }

    /// <summary>Gets the host's settings.</summary>
    public HostSettings Settings { get; }

    /// <summary>Gets where it listens.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>Starts a host whose one partner has the demo's bundle enabled.</summary>
    /// <exception cref="SettingsException">A variable that the demo respects is malformed.</exception>
    public static async Task<DemoHost> StartAsync(DemoOptions options, string folder, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var partners = Path.Combine(folder, "partners.yml");
        await File.WriteAllTextAsync(partners, Partners(options), cancellationToken);
        var environment = Respected.ToDictionary(name => name, variable, StringComparer.Ordinal);
        environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        environment["ASPNETCORE_URLS"] = "http://localhost:0";
        environment["DATA_DIRECTORY"] = folder;
        environment["PARTNERS_FILE"] = partners;
        var settings = HostSettingsReader.Read(name => environment.GetValueOrDefault(name));
        var app = Program.Build(settings, builder =>
        {
            // The demo's own words are what is to be seen; trouble goes to standard error.
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        });
        try
        {
            await Program.StartAsync(app, cancellationToken);
            return new DemoHost(app, settings);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static string Partners(DemoOptions options) =>
        $$"""
        partners:
          - code: {{options.Partner}}
            name: Demo
            tenants: [{{options.Tenant}}]
            bundles: ["{{options.Bundle}}"]
            ods:
              - { tenant: {{options.Tenant}}, schoolYear: "{{options.SchoolYear}}", url: "https://ods.example.org/{{options.SchoolYear}}" }

        """;
}
