using Switchyard.Ingest;

namespace Switchyard.InMemory.Ingest;

/// <summary>Keeps partners in the memory of this process.</summary>
internal sealed class InMemoryPartnerDirectory(InMemoryDatabase database, IngestTables tables) : IPartnerDirectory
{
    /// <inheritdoc/>
    public Task<SubmissionTarget> FindAsync(SubmissionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            return Task.FromResult(!tables.Partners.TryGetValue(query.Partner, out var partner)
                ? new SubmissionTarget(false, false, [])
                : new SubmissionTarget(
                    partner.Tenants.Contains(query.Tenant, StringComparer.Ordinal),
                    partner.Bundles.Contains(query.Bundle, StringComparer.Ordinal),
                    [.. partner.Ods.Where(ods => !ods.Retired && ods.Tenant == query.Tenant && ods.SchoolYear == query.SchoolYear)]));
        }
    }

    /// <inheritdoc/>
    public Task UpsertAsync(IReadOnlyList<Partner> partners, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partners);
        cancellationToken.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            foreach (var partner in partners)
            {
                tables.Partners[partner.Code] = partner;
            }
        }

        return Task.CompletedTask;
    }
}
