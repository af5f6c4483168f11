using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Migrations;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes and updates the suite's tables.</summary>
public static class SwitchyardMigrationExtensions
{
    /// <summary>Applies the migrations of Switchyard's own tables to the database of a context, each once, and never your own.</summary>
    /// <remarks>
    /// Any number of nodes may call it at once: they wait for each other, and all migrations that are due commit together. A process
    /// that is killed in the middle leaves nothing behind.
    /// </remarks>
    /// <typeparam name="TContext">The context, registered with <c>UseSwitchyardSqlite</c> or <c>UseSwitchyardPostgreSql</c>.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="cancellationToken">Gives up; nothing is applied then.</param>
    /// <exception cref="InvalidOperationException">The context has no dialect, or the database is a read-only replica.</exception>
    public static async Task MigrateSwitchyardAsync<TContext>(this IServiceProvider services, CancellationToken cancellationToken = default)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var loggers = scope.ServiceProvider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
            await SwitchyardMigrator.MigrateAsync(
                scope.ServiceProvider.GetRequiredService<TContext>(),
                loggers.CreateLogger(typeof(SwitchyardDialect).Namespace!),
                cancellationToken).ConfigureAwait(false);
        }
    }
}
