using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Storage.EfCore;

/// <summary>Carries the dialect in the options of a context.</summary>
internal sealed class DialectOptionsExtension(SwitchyardDialect dialect) : IDbContextOptionsExtension
{
    private ExtensionInfo? _info;

    public SwitchyardDialect Dialect => dialect;

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) =>
        new EntityFrameworkRelationalServicesBuilder(services).TryAdd<IConventionSetPlugin, DialectConventions>();

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(DialectOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => $"{extension.Dialect.GetType().Name} ";

        // EF caches a service provider and the model for each hash: what differs by instance (a clock) is no part of them.
        public override int GetServiceProviderHashCode() => extension.Dialect.GetType().GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo && ((DialectOptionsExtension)other.Extension).Dialect.GetType() == extension.Dialect.GetType();

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Switchyard:Dialect"] = extension.Dialect.GetType().Name;
    }
}
