namespace Switchyard.Ingest;

/// <summary>Names what a submission is for.</summary>
/// <param name="Partner">The partner's code.</param>
/// <param name="Tenant">The tenant's code.</param>
/// <param name="Bundle">The bundle's key.</param>
/// <param name="SchoolYear">The school year in Y1Y2 form.</param>
public sealed record SubmissionQuery(string Partner, string Tenant, string Bundle, string SchoolYear);

/// <summary>Represents what a partner directory knows about a submission.</summary>
/// <param name="TenantExists">Whether the tenant exists for this partner.</param>
/// <param name="BundleEnabled">Whether the bundle is enabled for this partner.</param>
/// <param name="Ods">The data stores of tenant and year that are not retired.</param>
public sealed record SubmissionTarget(bool TenantExists, bool BundleEnabled, IReadOnlyList<Ods> Ods);
