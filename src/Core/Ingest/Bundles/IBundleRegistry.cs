namespace Switchyard.Ingest.Bundles;

/// <summary>Knows the bundles that exist.</summary>
public interface IBundleRegistry
{
    /// <summary>Gets a bundle by its exact key, or <see langword="null"/> where there is none such.</summary>
    /// <exception cref="BundlesUnavailableException">Bundles were never read successfully, and can't be read now either.</exception>
    Task<Bundle?> FindAsync(string key, CancellationToken cancellationToken);
}
