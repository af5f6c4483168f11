using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents what differs between databases: the seam that a provider package implements.</summary>
/// <remarks>
/// A provider's <c>UseSwitchyard…</c> method puts its dialect into the options of a context by <see cref="Use"/>; the stores find
/// it there by <see cref="Of"/>. Dialects are immutable and are used from many threads at once.
/// </remarks>
public abstract class SwitchyardDialect
{
    /// <summary>Gets the SQL expression of the store's clock; it has one value throughout a statement.</summary>
    public abstract string Now { get; }

    /// <summary>Gets the clause that locks the selected rows and passes over those that others have locked; may be empty.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Gets the clause that locks the selected rows until the transaction ends; may be empty.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Gets the clause that keeps the selected rows from being removed until the transaction ends, and lets others do the same; may be empty.</summary>
    public virtual string KeepRows => ForUpdate;

    /// <summary>Gets the statement that wakes other nodes when its transaction commits; <see langword="null"/> where there are none.</summary>
    public abstract string? Notify { get; }

    /// <summary>Gets the statement that wakes other nodes by itself, with a parameter <c>sender</c> for who does; <see langword="null"/> where there are none.</summary>
    /// <remarks>Nothing is lost with it that others wouldn't find by themselves, so that it needs to wait for no disk.</remarks>
    public virtual string? NotifyAlone => null;

    /// <summary>Gets whether the statements of one command, outside of a transaction, take effect together or not at all.</summary>
    public virtual bool RunsCommandsWhole => false;

    /// <summary>Gets whether the planner goes by the words of a statement alone, without knowing how many rows there are.</summary>
    /// <remarks>
    /// It takes a partial index only where the index's condition stands in the statement word for word. Elsewhere a condition that
    /// follows from another is left out, because it misleads a planner that multiplies their shares.
    /// </remarks>
    public virtual bool PlansByWords => false;

    /// <summary>Gets columns of a <c>select</c> that make the planner read by an index in order for the rest of the transaction; may be <see langword="null"/>.</summary>
    /// <remarks>As <see cref="ReadsByKey"/>, which it includes.</remarks>
    public virtual string? ReadsInOrder => null;

    /// <summary>Gets columns of a <c>select</c> that make the planner look rows up by their keys for the rest of the transaction; may be <see langword="null"/>.</summary>
    /// <remarks>Such a <c>select</c> stands before the statements in one command, so that <see cref="RunsCommandsWhole"/> must hold.</remarks>
    public virtual string? ReadsByKey => null;

    /// <summary>Gets whether a <c>with</c> clause may hold statements that write.</summary>
    public virtual bool WritesInWith => false;

    /// <summary>Gets whether the database has one writer at a time: those of this process take turns, rather than wait for a lock.</summary>
    public virtual bool WritersTakeTurns => false;

    /// <summary>Gets the name of one of Switchyard's tables as statements write it.</summary>
    public abstract string Table(string name);

    /// <summary>Gets the SQL expression of an instant plus a number of microseconds.</summary>
    public abstract string Plus(string instant, string microseconds);

    /// <summary>Gets the SQL expression of the microseconds from one instant to another, an integer.</summary>
    public abstract string Microseconds(string from, string to);

    /// <summary>Gets the condition that a column equals any of the values that <see cref="BindList"/> binds.</summary>
    public abstract string AnyOf(string column, string parameter);

    /// <summary>Gets the item of a <c>from</c> clause that gives the rows which <see cref="BindRows"/> binds.</summary>
    /// <remarks>It has the columns of <paramref name="rows"/>, and <c>p_ord</c>, by which they are in order.</remarks>
    public abstract string RowsSource(SqlRows rows);

    /// <summary>Gets the item of a <c>from</c> clause that gives the ids which a statement selects, as <c>p_id</c>, and their rank from 1, as <c>p_rank</c>.</summary>
    public abstract string Ranked(string ids);

    /// <summary>Binds a single value: to a new parameter, or to that of the name where the command has run before.</summary>
    public abstract void Bind(DbCommand command, string parameter, SqlType type, object? value);

    /// <summary>Binds a list of texts, as <see cref="Bind"/> does.</summary>
    public abstract void BindList(DbCommand command, string parameter, IReadOnlyList<string> values);

    /// <summary>Binds rows, as <see cref="Bind"/> does.</summary>
    public abstract void BindRows(DbCommand command, SqlRows rows);

    /// <summary>Prepares a command that has run once, and is about to run again and again, where the connection doesn't do so by itself.</summary>
    public virtual Task PrepareAsync(DbCommand command, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads an instant.</summary>
    public abstract DateTimeOffset ReadInstant(DbDataReader reader, int ordinal);

    /// <summary>Sets names and column types of one of Switchyard's entities, whose table name is the bare one.</summary>
    public abstract void Configure(IMutableEntityType entityType);

    /// <summary>Begins a transaction that reads one state of the database throughout, and hinders nobody.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(DbContext context, CancellationToken cancellationToken);

    /// <summary>Waits until no other transaction holds the lock of this name, and holds it until this transaction ends.</summary>
    /// <remarks>The context has an open transaction that writes.</remarks>
    public abstract Task LockAsync(DbContext context, string name, CancellationToken cancellationToken);

    /// <summary>Tells whether a statement failed because of the database's condition, so that the same may succeed later.</summary>
    public abstract bool IsOutage(DbException exception);

    /// <summary>Tells whether a statement failed because a row with a unique value that it writes is there already.</summary>
    public abstract bool IsConflict(DbException exception);

    /// <summary>Makes the context that carries the migrations, over a connection that stays the caller's.</summary>
    public abstract DbContext CreateMigrationContext(DbConnection connection);

    /// <summary>Checks that the database keeps what it says it keeps; its connection is open.</summary>
    /// <returns>What an operator should know, in words.</returns>
    /// <exception cref="InvalidOperationException">The database can't be worked on.</exception>
    public abstract Task<IReadOnlyList<string>> CheckAsync(DbContext context, CancellationToken cancellationToken);

    /// <summary>Calls back whenever another node may have enqueued something, until the connection breaks or the token is cancelled.</summary>
    /// <param name="context">The context whose connection is used.</param>
    /// <param name="onListening">Called once, when notifications can no longer be missed.</param>
    /// <param name="onNotified">Called for notifications, with the sender of <see cref="NotifyAlone"/>, or an empty text.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see langword="false"/> at once where the database is this process's own, so that there is nothing to listen to.</returns>
    public virtual Task<bool> ListenAsync(DbContext context, Action onListening, Action<string> onNotified, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>Gets how many connections the stores keep open between operations, with what these have prepared; zero to open one for each.</summary>
    /// <remarks>They are taken from whatever pool the context's connections come from, and leave most of it to others.</remarks>
    public virtual int KeptConnections(DbContext context) => 0;

    /// <summary>Puts a dialect into the options of a context.</summary>
    public static void Use(DbContextOptionsBuilder builder, SwitchyardDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dialect);
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new DialectOptionsExtension(dialect));
        builder.AddInterceptors(AfterCommit.Interceptor);
    }

    /// <summary>Gets the dialect of a context.</summary>
    /// <exception cref="InvalidOperationException">The options of the context have none.</exception>
    public static SwitchyardDialect Of(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetService<IDbContextOptions>().FindExtension<DialectOptionsExtension>()?.Dialect
            ?? throw new InvalidOperationException(
                $"{context.GetType().Name} has no Switchyard dialect. Configure it by AddDbContext<{context.GetType().Name}>(options => "
                + "options.UseSwitchyardSqlite(\"Data Source=app.db\")) or options.UseSwitchyardPostgreSql(\"Host=…\").");
    }
}
