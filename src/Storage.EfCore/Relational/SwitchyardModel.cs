using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Switchyard.Storage.EfCore;

/// <summary>Puts the suite's entities into a model: bare table names, columns in snake case; the dialect does the rest.</summary>
internal static class SwitchyardModel
{
    public static bool IsOurs(IReadOnlyEntityType entityType) => entityType.ClrType.Assembly == typeof(SwitchyardModel).Assembly;

    public static void Entity<TEntity>(ModelBuilder modelBuilder, string table, bool inMigrations, Action<EntityTypeBuilder<TEntity>> configure)
        where TEntity : class
    {
        modelBuilder.Entity<TEntity>(entity =>
        {
            entity.ToTable(table, builder =>
            {
                if (!inMigrations)
                {
                    builder.ExcludeFromMigrations();
                }
            });
            configure(entity);
            foreach (var property in entity.Metadata.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        });
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
