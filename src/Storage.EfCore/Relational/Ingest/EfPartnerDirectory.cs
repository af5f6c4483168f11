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
        var (partner, tenant, bundle, year) = (StoredText.Clean(query.Partner), StoredText.Clean(query.Tenant), StoredText.Clean(query.Bundle), StoredText.Clean(query.SchoolYear));
        return sessions.StatementAsync(
            async session =>
            {
                var context = session.Context;
                var known = await context.Set<PartnerEntity>().AsNoTracking().Where(row => row.Code == partner)
                    .Select(row => new
                    {
                        Tenant = context.Set<PartnerTenantEntity>().Any(of => of.Partner == row.Code && of.Code == tenant),
                        Bundle = context.Set<PartnerBundleEntity>().Any(of => of.Partner == row.Code && of.Bundle == bundle),
                        Ods = context.Set<PartnerOdsEntity>()
                            .Where(of => of.Partner == row.Code && of.Tenant == tenant && of.SchoolYear == year && !of.Retired)
                            .OrderBy(of => of.Id).ToList(),
                    })
                    .SingleOrDefaultAsync(session.Cancellation).ConfigureAwait(false);
                return known is null ? new SubmissionTarget(false, false, []) : new SubmissionTarget(known.Tenant, known.Bundle, [.. known.Ods.Select(ToOds)]);
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

    private static Ods ToOds(PartnerOdsEntity row) => new()
    {
        Tenant = row.Tenant,
        SchoolYear = row.SchoolYear,
        Url = row.Url,
        ClientIdVariable = row.ClientIdVariable,
        ClientSecretVariable = row.ClientSecretVariable,
        Retired = row.Retired,
    };
}
