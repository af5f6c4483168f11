using Microsoft.EntityFrameworkCore;

namespace PackageConsumer.Snippets;

internal static class StorageEfCorePostgreSql
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddDbContext<AppDbContext>(options => options.UseSwitchyardPostgreSql("Host=db;Database=app;Username=app"));
        builder.Services.AddJobs().UseEfCore<AppDbContext>();
        builder.Services.AddIngest().UseEfCore<AppDbContext>();
    }

    public static async Task MigrateAsync(WebApplication app)
    {
        await app.Services.MigrateSwitchyardAsync<AppDbContext>();
    }
}
