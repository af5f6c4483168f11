using System.CommandLine;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Switchyard.Errors;
using Switchyard.ReferenceHost.Configuration;
using Switchyard.ReferenceHost.Demo;
using Switchyard.ReferenceHost.DevIssuer;
using Switchyard.ReferenceHost.Docs;
using Switchyard.ReferenceHost.Errors;
using Switchyard.ReferenceHost.Hosting;

namespace Switchyard.ReferenceHost;

/// <summary>Wires the whole suite into one host.</summary>
internal sealed class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("The Switchyard reference host. Without a verb it serves; variables set it up (see its README).") { DemoCommand.Create() };
        root.SetAction((_, cancellationToken) => ServeAsync(cancellationToken));

        // The host's own lifetime handles signals; a second handler would cut its orderly stop short.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Build(HostSettingsReader.Read(Environment.GetEnvironmentVariable), HostLogging.Configure);
            await StartAsync(app, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception failure) when (StartupFailure.Explain(failure) is { } lines)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, lines));
            return 1;
        }
    }

    internal static WebApplication Build(HostSettings settings, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = settings.EnvironmentName });
        var addresses = builder.ListenOn(settings);
        var publicUrl = settings.PublicUrl ?? addresses.LocalUrl;

        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddHostErrors();
        builder.Services.AddOpenApiDocuments();
        builder.Services.AddDevIssuer(settings.KeysFolder, new DevIssuerOptions(publicUrl + DevIssuerEndpoints.Path, settings.IngestTokens.Audience ?? publicUrl));
        configure(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseDocsPages();
        app.MapDocs();
        app.MapHealth();
        if (settings.UsesDevIssuer)
        {
            app.MapDevIssuer();
        }

        return app;
    }

    internal static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
    }
}
