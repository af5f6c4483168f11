using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Switchyard.Storage.EfCore;

/// <summary>Lets the dialect name and type the suite's own entities, which <c>AddJobs()</c> and its like have put into the model.</summary>
internal sealed class DialectConventions(IDbContextOptions options) : IConventionSetPlugin, IModelFinalizingConvention
{
    public ConventionSet ModifyConventions(ConventionSet conventionSet)
    {
        conventionSet.ModelFinalizingConventions.Insert(0, this);
        return conventionSet;
    }

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        var dialect = options.FindExtension<DialectOptionsExtension>()!.Dialect;
        foreach (var entityType in modelBuilder.Metadata.GetEntityTypes().Where(SwitchyardModel.IsOurs))
        {
            dialect.Configure((IMutableEntityType)entityType);
        }
    }
}
