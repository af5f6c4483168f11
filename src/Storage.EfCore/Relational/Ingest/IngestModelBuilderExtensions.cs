using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Ingest;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the tables of the ingest feature to a model.</summary>
public static class IngestModelBuilderExtensions
{
    /// <summary>Adds the tables of the ingest feature; call it in <c>OnModelCreating</c>. Calling it twice changes nothing.</summary>
    /// <param name="modelBuilder">The builder of your model.</param>
    /// <param name="inMigrations">
    /// Whether your own migrations make the tables. The default is <see langword="false"/>: <c>MigrateSwitchyardAsync</c> makes them.
    /// </param>
    public static ModelBuilder AddIngest(this ModelBuilder modelBuilder, bool inMigrations = false)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        AddIngestJobs(modelBuilder, inMigrations);
        AddRuns(modelBuilder, inMigrations);
        AddPartners(modelBuilder, inMigrations);
        return modelBuilder;
    }

    private static void AddIngestJobs(ModelBuilder modelBuilder, bool inMigrations)
    {
        SwitchyardModel.Entity<IngestJobEntity>(modelBuilder, "ingest_jobs", inMigrations, entity =>
        {
            entity.HasKey(job => job.Uid);
            entity.Property(job => job.Uid).ValueGeneratedNever();
            entity.HasIndex(job => new { job.Partner, job.CreatedAt, job.Uid }, "ix_switchyard_ingest_jobs_newest").IsDescending(false, true, false);
        });
        SwitchyardModel.Entity<IngestFileEntity>(modelBuilder, "ingest_files", inMigrations, entity =>
        {
            entity.HasKey(file => new { file.JobUid, file.Key });
            entity.HasOne<IngestJobEntity>().WithMany().HasForeignKey(file => file.JobUid);
        });
        SwitchyardModel.Entity<IngestKeyEntity>(modelBuilder, "ingest_keys", inMigrations, entity =>
        {
            entity.HasKey(key => new { key.Issuer, key.ClientId, key.Key });
            entity.HasIndex(key => key.CreatedAt, "ix_switchyard_ingest_keys_age");
        });
    }

    private static void AddRuns(ModelBuilder modelBuilder, bool inMigrations)
    {
        SwitchyardModel.Entity<IngestRunEntity>(modelBuilder, "ingest_runs", inMigrations, entity =>
        {
            entity.HasKey(run => run.Uid);
            entity.Property(run => run.Uid).ValueGeneratedNever();
            entity.HasOne<IngestJobEntity>().WithMany().HasForeignKey(run => run.JobUid);
            entity.HasIndex(run => new { run.JobUid, run.Number }, "ux_switchyard_ingest_runs_number").IsUnique();

            // The rule that settles races between starts.
            entity.HasIndex(run => run.JobUid, "ux_switchyard_ingest_runs_unfinished").IsUnique().HasFilter("finished_at is null");
            entity.HasIndex(run => new { run.CreatedAt, run.Uid }, "ix_switchyard_ingest_runs_waiting").HasFilter("waiting");
        });
        SwitchyardModel.Entity<IngestRunErrorEntity>(modelBuilder, "ingest_run_errors", inMigrations, entity =>
        {
            entity.HasKey(error => error.Id);
            entity.HasOne<IngestRunEntity>().WithMany().HasForeignKey(error => error.RunUid);
            entity.HasIndex(error => error.RunUid, "ix_switchyard_ingest_run_errors_run");
        });
        SwitchyardModel.Entity<IngestRunUpdateEntity>(modelBuilder, "ingest_run_updates", inMigrations, entity =>
        {
            entity.HasKey(update => new { update.RunUid, update.Action, update.State });
            entity.HasOne<IngestRunEntity>().WithMany().HasForeignKey(update => update.RunUid);
        });
    }

    private static void AddPartners(ModelBuilder modelBuilder, bool inMigrations)
    {
        SwitchyardModel.Entity<PartnerEntity>(modelBuilder, "partners", inMigrations, entity => entity.HasKey(partner => partner.Code));
        SwitchyardModel.Entity<PartnerTenantEntity>(modelBuilder, "partner_tenants", inMigrations, entity =>
        {
            entity.HasKey(tenant => new { tenant.Partner, tenant.Code });
            entity.HasOne<PartnerEntity>().WithMany().HasForeignKey(tenant => tenant.Partner);
        });
        SwitchyardModel.Entity<PartnerBundleEntity>(modelBuilder, "partner_bundles", inMigrations, entity =>
        {
            entity.HasKey(bundle => new { bundle.Partner, bundle.Bundle });
            entity.HasOne<PartnerEntity>().WithMany().HasForeignKey(bundle => bundle.Partner);
        });
        SwitchyardModel.Entity<PartnerOdsEntity>(modelBuilder, "partner_ods", inMigrations, entity =>
        {
            entity.HasKey(ods => ods.Id);
            entity.HasOne<PartnerEntity>().WithMany().HasForeignKey(ods => ods.Partner);
            entity.HasIndex(ods => new { ods.Partner, ods.Tenant, ods.SchoolYear }, "ix_switchyard_partner_ods_target");
        });
    }
}
