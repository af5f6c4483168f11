using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents an open connection, with its transaction if there is one, that statements of the stores run on.</summary>
internal sealed class StoreSession(DbContext context, CancellationToken cancellationToken)
{
    /// <summary>Far more than there are statements that are the same at every call; those of bulk operations differ by their filter.</summary>
    private const int MostKept = 200;

    private Dictionary<(string Sql, Reading By), KeptCommand>? _kept;

    public DbContext Context => context;

    public SwitchyardDialect Dialect { get; } = SwitchyardDialect.Of(context);

    public CancellationToken Cancellation { get; set; } = cancellationToken;

    /// <summary>Keeps every command, with its parameters and what its connection has prepared for it: for a session that is used again and again.</summary>
    public void KeepCommands() => _kept ??= [];

    public SqlCommand Command(string sql) => Command(sql, default, null);

    /// <summary>Gets the command of statements that reach their rows by their keys, whatever the planner takes the table for.</summary>
    public SqlCommand CommandByKey(string sql) => Command(sql, Reading.ByKey, Dialect.ReadsByKey);

    /// <summary>Gets the command of statements that read an index in order, whatever the planner takes the table for.</summary>
    public SqlCommand CommandInOrder(string sql) => Command(sql, Reading.InOrder, Dialect.ReadsInOrder);

    public void DisposeCommands()
    {
        foreach (var kept in _kept?.Values ?? Enumerable.Empty<KeptCommand>())
        {
            kept.Command.Dispose();
        }
    }

    private SqlCommand Command(string sql, Reading by, string? settings)
    {
        KeptCommand? kept = null;
        if (_kept?.TryGetValue((sql, by), out kept) != true)
        {
            kept = new KeptCommand(context.Database.GetDbConnection().CreateCommand(), skipsFirst: settings is not null);
            kept.Command.CommandText = settings is null ? sql : $"select {settings};\n{sql}";
            if (_kept?.Count < MostKept)
            {
                kept.IsKept = true;
                _kept.Add((sql, by), kept);
            }
        }

        kept!.Command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        if (context.Database.GetCommandTimeout() is { } timeout)
        {
            kept.Command.CommandTimeout = timeout;
        }

        return new SqlCommand(kept, this);
    }

    /// <summary>Says how a statement is to reach its rows.</summary>
    private enum Reading
    {
        AsPlanned,
        ByKey,
        InOrder,
    }
}
