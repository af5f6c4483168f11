using Microsoft.EntityFrameworkCore;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Adds the tables of recurring work.</summary>
/// <remarks>
/// No table refers to another by a constraint: whoever writes about a recurrence holds the lock of its row, so a look-up for each
/// row of the ledger would cost much and show nothing.
/// </remarks>
internal static class RecurringModel
{
    /// <summary>The condition of the index that the tick reads, word for word.</summary>
    public const string Waiting = "enabled and look_at is not null";

    /// <summary>The condition of the index that tells whether a recurrence's work is unfinished, word for word.</summary>
    public const string Unfinished = "finished_at is null and concurrency_key is not null";

    public static void Configure(ModelBuilder modelBuilder, bool inMigrations)
    {
        SwitchyardModel.Entity<RecurrenceEntity>(modelBuilder, "recurrences", inMigrations, entity =>
        {
            entity.HasKey(recurrence => recurrence.Id);
            entity.Property(recurrence => recurrence.Id).ValueGeneratedNever();
            entity.HasIndex(recurrence => new { recurrence.LookAt, recurrence.Id }, "ix_switchyard_recurrences_due").HasFilter(Waiting);
            entity.HasIndex(recurrence => new { recurrence.Kind, recurrence.Id }, "ix_switchyard_recurrences_kind");
        });
        SwitchyardModel.Entity<RecurrenceTargetEntity>(modelBuilder, "recurrence_targets", inMigrations, entity =>
            entity.HasKey(target => new { target.RecurrenceId, target.TargetId }));
        SwitchyardModel.Entity<RecurrenceRevisionEntity>(modelBuilder, "recurrence_revisions", inMigrations, entity =>
            entity.HasKey(revision => new { revision.RecurrenceId, revision.Revision }));
        SwitchyardModel.Entity<OccurrenceEntity>(modelBuilder, "occurrences", inMigrations, entity =>
        {
            entity.HasKey(occurrence => new { occurrence.RecurrenceId, occurrence.FirstAt });
            entity.HasIndex(occurrence => occurrence.RecordedAt, "ix_switchyard_occurrences_oldest");
        });
        modelBuilder.Entity<JobEntity>(entity => entity.HasIndex(job => job.ConcurrencyKey, "ix_switchyard_jobs_unfinished_key").HasFilter(Unfinished));
    }
}
