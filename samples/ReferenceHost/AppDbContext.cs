using Microsoft.EntityFrameworkCore;

namespace Switchyard.ReferenceHost;

/// <summary>The host's own database context; your tables could stand beside the suite's, in the same transactions.</summary>
internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddJobs();
        modelBuilder.AddIngest();
        modelBuilder.AddScheduling();
    }
}
