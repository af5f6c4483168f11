using System.Globalization;
using JobsSample;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddDbContext<AppDbContext>(options => options.UseSwitchyardSqlite("Data Source=letters.db"));
builder.Services.AddJobs().AddHandler<PostHandler, Letter>("post-letter").UseEfCore<AppDbContext>();

using var host = builder.Build();
await using (var scope = host.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.EnsureCreatedAsync();
    await host.Services.MigrateSwitchyardAsync<AppDbContext>();

    var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
    for (var number = 1; number <= (args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 0); number++)
    {
        await queue.EnqueueAsync("post-letter", new Letter(number));
    }
}

await host.RunAsync();
