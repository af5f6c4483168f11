using Microsoft.EntityFrameworkCore;

namespace JobsSample;

/// <summary>The app's own context: a table of its own beside the kernel's.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Posting> Postings => Set<Posting>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobs();
}
