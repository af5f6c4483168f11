namespace Switchyard.Ingest;

/// <summary>Knows the partners, their tenants, enabled bundles and data stores.</summary>
public interface IPartnerDirectory
{
    /// <summary>Gets what there is to know for one submission, by one look-up. Codes match exactly, with their case.</summary>
    Task<SubmissionTarget> FindAsync(SubmissionQuery query, CancellationToken cancellationToken);

    /// <summary>Makes each named partner what is given, all or none: rows of it that aren't given go, other partners stay.</summary>
    Task UpsertAsync(IReadOnlyList<Partner> partners, CancellationToken cancellationToken);
}
