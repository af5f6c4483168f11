using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Configuration;

/// <summary>The whole host on a free loopback port, with variables that a test gives and a data directory that is gone with it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private RunningHost(TemporaryFolder folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>A client of the host.</summary>
    public HttpClient Http { get; }

    /// <summary>The host's URL, without a slash at its end.</summary>
    public string Url => Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a host in Development, unless the variables say otherwise.</summary>
    public static Task<RunningHost> StartAsync(params (string Name, string Value)[] variables) => StartAsync(_ => { }, variables);

    /// <summary>Starts a host whose wiring a test changes.</summary>
    public static async Task<RunningHost> StartAsync(Action<IServiceCollection> configure, params (string Name, string Value)[] variables)
    {
        var folder = new TemporaryFolder();
        var settings = SettingsEnvironment.Read(folder, [("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://localhost:0"), .. variables]);
        var app = Program.Build(settings, builder =>
        {
            builder.Logging.ClearProviders();
            configure(builder.Services);
        });
        await Program.StartAsync(app, TestContext.Current.CancellationToken);
        return new RunningHost(folder, app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
