using Microsoft.EntityFrameworkCore;

namespace Switchyard.Benchmarks.Scheduling;

/// <summary>A user's context that holds what the kernel and scheduling store.</summary>
internal sealed class DeliveryContext(DbContextOptions<DeliveryContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobs().AddScheduling();
}
