using Microsoft.EntityFrameworkCore;

namespace Switchyard.FaultRig.Worker;

/// <summary>The context of the application that is attacked. The rig made its own two tables by plain SQL.</summary>
internal sealed class RigContext(DbContextOptions<RigContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobs();
}
