using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Switchyard.Storage.EfCore.Migrations;

/// <summary>Applies the provider package's own migrations.</summary>
/// <remarks>
/// Everything runs in one transaction that holds a lock of the database itself. EF Core's own migrator keeps a lock row on
/// SQLite, which stays for ever when its process is killed; here a kill leaves nothing.
/// </remarks>
internal static partial class SwitchyardMigrator
{
    private const string LockName = "switchyard-migrations";

    public static async Task MigrateAsync(DbContext user, ILogger logger, CancellationToken cancellationToken)
    {
        var dialect = SwitchyardDialect.Of(user);
        await user.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        foreach (var warning in await dialect.CheckAsync(user, cancellationToken).ConfigureAwait(false))
        {
            Log.Weak(logger, warning);
        }

        var migrations = dialect.CreateMigrationContext(user.Database.GetDbConnection());
        await using (migrations.ConfigureAwait(false))
        {
            var transaction = await migrations.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await dialect.LockAsync(migrations, LockName, cancellationToken).ConfigureAwait(false);
                var applied = await ApplyAsync(migrations, transaction, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                foreach (var migration in applied)
                {
                    Log.Migrated(logger, migration);
                }
            }
        }
    }

    private static async Task<string[]> ApplyAsync(DbContext migrations, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await ExecuteAsync(migrations, transaction, migrations.GetService<IHistoryRepository>().GetCreateIfNotExistsScript(), cancellationToken).ConfigureAwait(false);

        // Read under the lock: what another node applied meanwhile is no longer pending.
        var applied = (await migrations.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false)).ToArray();
        var known = migrations.Database.GetMigrations().ToArray();
        string[] pending = [.. known.Except(applied)];
        if (pending.Length > 0)
        {
            var from = known.TakeWhile(migration => migration != pending[0]).LastOrDefault();
            var script = migrations.GetService<IMigrator>().GenerateScript(from, options: MigrationsSqlGenerationOptions.NoTransactions);
            await ExecuteAsync(migrations, transaction, script, cancellationToken).ConfigureAwait(false);
        }

        return pending;
    }

    private static async Task ExecuteAsync(DbContext migrations, IDbContextTransaction transaction, string script, CancellationToken cancellationToken)
    {
        var command = migrations.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction.GetDbTransaction();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Migrated, LogLevel.Information, "Applied the migration {Migration} of Switchyard's tables.", EventName = "Migrated")]
        public static partial void Migrated(ILogger logger, string migration);

        [LoggerMessage(EventIds.WeakDatabase, LogLevel.Warning, "{Weakness}", EventName = "WeakDatabase")]
        public static partial void Weak(ILogger logger, string weakness);
    }
}
