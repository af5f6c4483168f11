using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Jobs;
using Switchyard.Storage.EfCore.Jobs.Kinds;
using Switchyard.Storage.EfCore.Jobs.Operations;
using Switchyard.Storage.EfCore.Recurring;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the tables of the durable kernel to a model.</summary>
public static class JobsModelBuilderExtensions
{
    /// <summary>Adds the tables of the durable kernel; call it in <c>OnModelCreating</c>. Calling it twice changes nothing.</summary>
    /// <param name="modelBuilder">The builder of your model.</param>
    /// <param name="inMigrations">
    /// Whether your own migrations make the tables. The default is <see langword="false"/>: <c>MigrateSwitchyardAsync</c> makes them.
    /// With <see langword="true"/> on PostgreSQL, a migration of yours must also make the function <c>switchyard.switchyard_now()</c>.
    /// </param>
    public static ModelBuilder AddJobs(this ModelBuilder modelBuilder, bool inMigrations = false)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        SwitchyardModel.Entity<JobEntity>(modelBuilder, "jobs", inMigrations, entity =>
        {
            entity.HasKey(job => job.Id);
            entity.Property(job => job.Id).ValueGeneratedNever();

            // Finished jobs stay in the table but in none of these: the hot indexes are as small as the backlog.
            entity.HasIndex(job => new { job.Priority, job.AvailableAt, job.Id }, "ix_switchyard_jobs_due")
                .IsDescending(true, false, false).HasFilter("state = 0");
            entity.HasIndex(job => job.LeaseExpiresAt, "ix_switchyard_jobs_leases").HasFilter("state = 1");
            entity.HasIndex(job => new { job.Kind, job.DedupeKey }, "ux_switchyard_jobs_dedupe")
                .IsUnique().HasFilter("dedupe_key is not null and (finished_at is null or key_held_until is not null)");
            entity.HasIndex(job => job.AvailableAt, "ix_switchyard_jobs_suspects").HasFilter("leases_lost > 0 and finished_at is null");
        });
        SwitchyardModel.Entity<JobTallyEntity>(modelBuilder, "job_tallies", inMigrations, entity => entity.HasKey(tally => tally.Id));
        SwitchyardModel.Entity<JobKindEntity>(modelBuilder, "job_kinds", inMigrations, entity => entity.HasKey(kind => kind.Kind));
        SwitchyardModel.Entity<JobOperationEntity>(modelBuilder, "job_operations", inMigrations, entity =>
        {
            entity.HasKey(operation => operation.Id);
            entity.Property(operation => operation.Id).ValueGeneratedNever();
            entity.HasIndex(operation => new { operation.At, operation.Id }, "ix_switchyard_job_operations_latest").IsDescending();
        });
        OperationsModel.Configure(modelBuilder, inMigrations);
        RecurringModel.Configure(modelBuilder, inMigrations);
        return modelBuilder;
    }
}
