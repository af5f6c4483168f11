using Microsoft.EntityFrameworkCore;
using PackageConsumer.Snippets;
using Switchyard.Jobs;

namespace PackageConsumer.Uses;

/// <summary>Enqueues in the transaction of a row of our own, and sees the job's effect on it.</summary>
internal static class JobsOnSqlite
{
    public static async Task<string> UseAsync()
    {
        var builder = Host.CreateBuilder();
        var mailer = new CountingMailer();
        builder.Services.AddSingleton<IMailer>(mailer);
        StorageEfCore.Add(builder);
        Snippets.Jobs.Add(builder);
        await using var app = builder.Build();
        await CreateTablesAsync(app);
        await app.StartAsync();

        await using var scope = app.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        var order = new Order { Item = "a switch" };
        await StorageEfCore.PlaceAsync(context, queue, order);
        await Snippets.Jobs.EnqueueAsync(queue);
        await TakeBackAsync(context, queue);

        await Host.EventuallyAsync("the order is shipped", () => context.Orders.AsNoTracking().FirstOrDefaultAsync(row => row.Id == order.Id && row.Shipped));
        await Host.EventuallyAsync("the mail is sent", () => Task.FromResult(mailer.Sent == 1 ? mailer : null));
        Host.Require(await context.Orders.CountAsync() == 1, "the order that was taken back isn't there");
        await app.StopAsync();
        return $"order {order.Id} was shipped by the job that was enqueued with it; 1 mail was sent, 1 waits an hour";
    }

    /// <summary>Makes the app's own table and the suite's.</summary>
    public static async Task CreateTablesAsync(WebApplication app)
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.EnsureCreatedAsync();
        }

        await StorageEfCore.MigrateAsync(app);
    }

    private static async Task TakeBackAsync(AppDbContext context, IJobQueue queue)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Orders.AddAsync(new Order { Item = "nothing" });
        await context.SaveChangesAsync();
        await queue.EnqueueAsync("mail", new Mail("nobody@example.org", "Never sent"), job => job with { Priority = 9 });
        await transaction.RollbackAsync();
    }

    private sealed class CountingMailer : IMailer
    {
        private int _sent;

        public int Sent => _sent;

        public Task SendAsync(Mail mail, string idempotencyKey, CancellationToken cancellationToken)
        {
            Host.Require(mail == new Mail("ada@example.org", "Hello"), "only what was committed, and is due, is sent");
            Interlocked.Increment(ref _sent);
            return Task.CompletedTask;
        }
    }
}
