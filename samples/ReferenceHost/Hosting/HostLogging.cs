namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Sets up what the host writes on its console: lines for people in Development, JSON elsewhere.</summary>
internal static class HostLogging
{
    /// <summary>Replaces the usual providers by the console.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();

        // Request lines would put signed URLs into the log.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }
        else
        {
            builder.Logging.AddJsonConsole();
        }
    }
}
