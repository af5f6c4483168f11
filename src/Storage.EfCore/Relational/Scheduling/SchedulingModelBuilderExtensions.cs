using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Scheduling;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the tables of scheduling to a model.</summary>
public static class SchedulingModelBuilderExtensions
{
    /// <summary>Adds the tables of scheduling; call it in <c>OnModelCreating</c>, beside <c>AddJobs()</c>. Calling it twice changes nothing.</summary>
    /// <param name="modelBuilder">The builder of your model.</param>
    /// <param name="inMigrations">
    /// Whether your own migrations make the tables. The default is <see langword="false"/>: <c>MigrateSwitchyardAsync</c> makes them.
    /// </param>
    public static ModelBuilder AddScheduling(this ModelBuilder modelBuilder, bool inMigrations = false)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        AddSchedules(modelBuilder, inMigrations);
        AddExecutions(modelBuilder, inMigrations);
        return modelBuilder;
    }

    private static void AddSchedules(ModelBuilder modelBuilder, bool inMigrations)
    {
        SwitchyardModel.Entity<AccountEntity>(modelBuilder, "accounts", inMigrations, entity =>
        {
            entity.HasKey(account => account.Id);
            entity.Property(account => account.Id).ValueGeneratedNever();
            entity.HasIndex(account => new { account.Owner, account.CreatedAt, account.Id }, "ix_switchyard_accounts_owner");
        });
        SwitchyardModel.Entity<ScheduleEntity>(modelBuilder, "schedules", inMigrations, entity =>
        {
            entity.HasKey(schedule => schedule.Id);
            entity.Property(schedule => schedule.Id).ValueGeneratedNever();
            entity.HasIndex(schedule => new { schedule.AccountId, schedule.CreatedAt, schedule.Id }, "ix_switchyard_schedules_oldest");
            entity.HasIndex(schedule => new { schedule.AccountId, schedule.Enabled, schedule.CreatedAt, schedule.Id }, "ix_switchyard_schedules_enabled");
        });
        SwitchyardModel.Entity<WebhookEntity>(modelBuilder, "webhooks", inMigrations, entity =>
        {
            entity.HasKey(webhook => webhook.Id);
            entity.Property(webhook => webhook.Id).ValueGeneratedNever();
            entity.HasOne<ScheduleEntity>().WithMany().HasForeignKey(webhook => webhook.ScheduleId).OnDelete(DeleteBehavior.Restrict);
            entity.HasIndex(webhook => new { webhook.ScheduleId, webhook.CreatedAt, webhook.Id }, "ix_switchyard_webhooks_oldest");
        });
    }

    /// <remarks>
    /// Executions refer to their schedule by no constraint: who adds one has locked the schedule's row, many at once, which a look-up
    /// for each row would only repeat.
    /// </remarks>
    private static void AddExecutions(ModelBuilder modelBuilder, bool inMigrations)
    {
        SwitchyardModel.Entity<ExecutionEntity>(modelBuilder, "executions", inMigrations, entity =>
        {
            entity.HasKey(execution => execution.Id);
            entity.Property(execution => execution.Id).ValueGeneratedNever();
            entity.HasIndex(execution => new { execution.RootId, execution.Attempt }, "ux_switchyard_executions_attempt").IsUnique();
            entity.HasIndex(execution => new { execution.ScheduleId, execution.CreatedAt, execution.Id }, "ix_switchyard_executions_newest")
                .IsDescending(false, true, false);
            entity.HasIndex(execution => new { execution.ScheduleId, execution.Outcome, execution.CreatedAt, execution.Id }, "ix_switchyard_executions_outcome")
                .IsDescending(false, false, true, false);
            entity.HasIndex(execution => execution.FinishedAt, "ix_switchyard_executions_oldest_ended").HasFilter("finished_at is not null");
        });
        SwitchyardModel.Entity<ExecutionTallyEntity>(modelBuilder, "execution_tallies", inMigrations, entity =>
        {
            entity.HasKey(tally => tally.Id);
            entity.HasIndex(tally => tally.AccountId, "ix_switchyard_execution_tallies_account");
        });
        SwitchyardModel.Entity<SchedulingAuditEntity>(modelBuilder, "scheduling_audit", inMigrations, entity => entity.HasKey(row => row.Id));
    }
}
