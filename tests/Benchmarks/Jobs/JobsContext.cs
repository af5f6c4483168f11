using Microsoft.EntityFrameworkCore;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>A user's context that holds nothing but the kernel's tables.</summary>
internal sealed class JobsContext(DbContextOptions<JobsContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobs();
}
