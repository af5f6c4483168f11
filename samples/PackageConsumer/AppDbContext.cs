using Microsoft.EntityFrameworkCore;

namespace PackageConsumer;

/// <summary>The app's own context, with a table of its own beside the suite's.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddJobs();
        modelBuilder.AddIngest();
    }
}
