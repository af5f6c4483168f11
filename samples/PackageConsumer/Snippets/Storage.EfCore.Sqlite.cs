using Microsoft.EntityFrameworkCore;

namespace PackageConsumer.Snippets;

internal static class StorageEfCoreSqlite
{
    public static async Task<WebApplication> BuildAsync(WebApplicationBuilder builder)
    {
        builder.Services.AddDbContext<AppDbContext>(options => options.UseSwitchyardSqlite("Data Source=app.db"));
        builder.Services.AddJobs().UseEfCore<AppDbContext>();
        builder.Services.AddIngest().UseEfCore<AppDbContext>().UseSqliteAnalytics(o => o.Directory = "data/analytics");

        var app = builder.Build();
        await app.Services.MigrateSwitchyardAsync<AppDbContext>();
        return app;
    }
}
