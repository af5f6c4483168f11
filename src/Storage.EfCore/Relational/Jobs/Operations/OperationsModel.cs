using Microsoft.EntityFrameworkCore;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Adds the tables of operations, and the indexes that their questions about ended jobs need.</summary>
/// <remarks>
/// All indexes are partial: a job that succeeds without keys and without a chain enters one of them, once, when it ends.
/// Why it is that one: decision 16.
/// </remarks>
internal static class OperationsModel
{
    public static void Configure(ModelBuilder modelBuilder, bool inMigrations)
    {
        SwitchyardModel.Entity<JobNodeEntity>(modelBuilder, "job_nodes", inMigrations, entity => entity.HasKey(node => node.Name));
        SwitchyardModel.Entity<JobJournalEntity>(modelBuilder, "job_journals", inMigrations, entity =>
        {
            entity.HasKey(journal => journal.JobId);
            entity.Property(journal => journal.JobId).ValueGeneratedNever();
        });
        modelBuilder.Entity<JobEntity>(entity =>
        {
            // In order for a page of a state; the kind is in it so that other kinds are passed over without their rows being read.
            entity.HasIndex(job => new { job.State, job.Id, job.Kind }, "ix_switchyard_jobs_troubles").HasFilter(JobFilterSql.Troubles);
            entity.HasIndex(job => new { job.RootId, job.ParentId }, "ix_switchyard_jobs_chain").HasFilter(JobFilterSql.Chained);
            entity.HasIndex(job => new { job.DedupeKey, job.Id }, "ix_switchyard_jobs_ended_dedupe")
                .HasFilter("finished_at is not null and dedupe_key is not null");
            entity.HasIndex(job => new { job.ConcurrencyKey, job.Id }, "ix_switchyard_jobs_ended_concurrency")
                .HasFilter("finished_at is not null and concurrency_key is not null");

            // Two classes, because they are kept for different times: in one index the longer-kept would lie in front of the others.
            entity.HasIndex(job => job.FinishedAt, "ix_switchyard_jobs_oldest_ended").HasFilter(PruneSql.Ended);
            entity.HasIndex(job => job.FinishedAt, "ix_switchyard_jobs_oldest_failed").HasFilter(PruneSql.Failed);
        });
    }
}
