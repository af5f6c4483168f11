using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore;

namespace PackageConsumer.Snippets;

public sealed record ShipOrder(int OrderId);

public sealed class ShipHandler : IJobHandler<ShipOrder>
{
    public Task<JobRunResult> RunAsync(ShipOrder payload, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobRunResult.Succeeded(new OrderShipped(payload.OrderId)));
}

public sealed record OrderShipped(int OrderId) : EfEffect<AppDbContext>
{
    public override Task ApplyAsync(AppDbContext context, CancellationToken cancellationToken) =>
        context.Orders.Where(order => order.Id == OrderId)
            .ExecuteUpdateAsync(set => set.SetProperty(order => order.Shipped, true), cancellationToken);
}

internal static class StorageEfCore
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddDbContext<AppDbContext>(options => options.UseSwitchyardSqlite("Data Source=app.db"));
        builder.Services.AddJobs().AddHandler<ShipHandler, ShipOrder>("ship-order").UseEfCore<AppDbContext>();
    }

    public static async Task MigrateAsync(WebApplication app)
    {
        await app.Services.MigrateSwitchyardAsync<AppDbContext>();
    }

    public static async Task PlaceAsync(AppDbContext context, IJobQueue queue, Order order)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.Orders.Add(order);
        await context.SaveChangesAsync();
        await queue.EnqueueAsync("ship-order", new ShipOrder(order.Id));
        await transaction.CommitAsync();
    }
}
