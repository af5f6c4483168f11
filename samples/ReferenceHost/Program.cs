using System.CommandLine;
using Microsoft.EntityFrameworkCore;
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
        root.SetAction((_, cancellationToken) => HostRun.ServeAsync(cancellationToken));

        // The host's own lifetime handles signals; a second handler would cut its orderly stop short.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    internal static WebApplication Build(HostSettings settings, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = settings.EnvironmentName });
        var services = builder.Services;
        var publicUrl = builder.ListenOn(settings);

        services.AddDbContextPool<AppDbContext>(options => options.UseDatabase(settings.Database));
        services.AddJobs(options => options.Apply(settings.Worker)).UseEfCore<AppDbContext>();
        services.AddTokens().AddOidcIssuer("ingest", options => options.Apply(settings, publicUrl));
        services.AddAuthentication().AddSwitchyardTokens("ingest");
        services.AddBlobs(settings, publicUrl);
        services.AddIngest(options => options.Apply(settings, publicUrl)).UseEfCore<AppDbContext>().UseSqliteAnalytics(options => options.Directory = settings.AnalyticsFolder);
        services.AddIngestApi(options => options.AuthenticationScheme = "ingest");
        services.AddScheduler(settings);

        services.AddDevIssuer(settings, publicUrl);
        services.AddKeyRing(settings);
        services.AddHostErrors();
        services.AddOpenApiDocuments();
        configure(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();

        // Stated here because they are put in front of everything otherwise, and their refusals would lack the headers.
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseDocsPages();
        app.MapIngest();
        app.MapBlobs(settings);
        app.MapDocs();
        app.MapScheduling();
        app.MapDevIssuer(settings);

        return app;
    }

    internal static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await app.Services.MigrateSwitchyardAsync<AppDbContext>(cancellationToken);
        await app.StartAsync(cancellationToken);
    }
}
