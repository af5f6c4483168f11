using Microsoft.EntityFrameworkCore;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>A user's context: a table of their own beside the suite's.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddJobs().AddIngest().AddScheduling();
        modelBuilder.AddJobs().AddIngest().AddScheduling();
        modelBuilder.Entity<Note>().ToTable("app_notes").HasIndex(note => note.Text).IsUnique();
    }
}

/// <summary>A row of the user's own.</summary>
public sealed class Note
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}
