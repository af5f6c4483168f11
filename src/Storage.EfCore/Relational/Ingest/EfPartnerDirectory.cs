using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;

namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Knows the partners that are stored in the database of a context.</summary>
internal sealed class EfPartnerDirectory<TContext>(StoreSessions<TContext> sessions) : IPartnerDirectory
    where TContext : DbContext
{
    private const string LockName = "switchyard-partners";

    public Task<SubmissionTarget> FindAsync(SubmissionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return sessions.StatementAsync(
            async session =>
            {
                var rows = await session.Command(IngestSql.For(session.Dialect).FindTarget)
                    .With("partner", SqlType.Text, StoredText.Clean(query.Partner))
                    .With("tenant", SqlType.Text, StoredText.Clean(query.Tenant))
                    .With("bundle", SqlType.Text, StoredText.Clean(query.Bundle))
                    .With("year", SqlType.Text, StoredText.Clean(query.SchoolYear))
                    .ReadAsync(row => (Tenant: row.Flag(0), Bundle: row.Flag(1), Ods: ReadOds(row))).ConfigureAwait(false);
                return rows.Count == 0
                    ? new SubmissionTarget(false, false, [])
                    : new SubmissionTarget(rows[0].Tenant, rows[0].Bundle, [.. rows.Select(row => row.Ods).OfType<Ods>()]);
            },
            cancellationToken);
    }

    public async Task UpsertAsync(IReadOnlyList<Partner> partners, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partners);
        if (partners.GroupBy(partner => partner.Code, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The partner '{twice.Key}' is given twice.", nameof(partners));
        }

        await sessions.WriteAsync(
            async session =>
            {
                // Nodes that start together write the same rows: one after another.
                await session.Dialect.LockAsync(session.Context, LockName, session.Cancellation).ConfigureAwait(false);
                await ReplaceAsync(session, partners).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReplaceAsync(StoreSession session, IReadOnlyList<Partner> partners)
    {
        var context = session.Context;
        string[] codes = [.. partners.Select(partner => partner.Code)];
        await context.Set<PartnerTenantEntity>().Where(row => codes.Contains(row.Partner)).ExecuteDeleteAsync(session.Cancellation).ConfigureAwait(false);
        await context.Set<PartnerBundleEntity>().Where(row => codes.Contains(row.Partner)).ExecuteDeleteAsync(session.Cancellation).ConfigureAwait(false);
        await context.Set<PartnerOdsEntity>().Where(row => codes.Contains(row.Partner)).ExecuteDeleteAsync(session.Cancellation).ConfigureAwait(false);
        await context.Set<PartnerEntity>().Where(row => codes.Contains(row.Code)).ExecuteDeleteAsync(session.Cancellation).ConfigureAwait(false);
        foreach (var partner in partners)
        {
            context.Add(new PartnerEntity { Code = partner.Code, Name = partner.Name });
            context.AddRange(partner.Tenants.Distinct(StringComparer.Ordinal).Select(tenant => new PartnerTenantEntity { Partner = partner.Code, Code = tenant }));
            context.AddRange(partner.Bundles.Distinct(StringComparer.Ordinal).Select(bundle => new PartnerBundleEntity { Partner = partner.Code, Bundle = bundle }));
            context.AddRange(partner.Ods.Select(ods => ToEntity(partner.Code, ods)));
        }

        await context.SaveChangesAsync(session.Cancellation).ConfigureAwait(false);
    }

    private static PartnerOdsEntity ToEntity(string partner, Ods ods) => new()
    {
        Partner = partner,
        Tenant = ods.Tenant,
        SchoolYear = ods.SchoolYear,
        Url = ods.Url,
        ClientIdVariable = ods.ClientIdVariable,
        ClientSecretVariable = ods.ClientSecretVariable,
        Retired = ods.Retired,
    };

    private static Ods? ReadOds(SqlReader row) => row.TextOrNull(2) is not { } tenant ? null : new Ods
    {
        Tenant = tenant,
        SchoolYear = row.Text(3),
        Url = row.Text(4),
        ClientIdVariable = row.TextOrNull(5),
        ClientSecretVariable = row.TextOrNull(6),
        Retired = row.Flag(7),
    };
}
