using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents an open connection, with its transaction if there is one, that statements of the stores run on.</summary>
internal sealed class StoreSession(DbContext context, CancellationToken cancellationToken)
{
    /// <summary>Far more than there are statements that are the same at every call; those of bulk operations differ by their filter.</summary>
    private const int MostKept = 200;

    private Dictionary<string, KeptCommand>? _kept;

    public DbContext Context => context;

    public SwitchyardDialect Dialect { get; } = SwitchyardDialect.Of(context);

    public CancellationToken Cancellation { get; set; } = cancellationToken;

    /// <summary>Keeps every command, with its parameters and what its connection has prepared for it: for a session that is used again and again.</summary>
    public void KeepCommands() => _kept ??= [];

    public SqlCommand Command(string sql)
    {
        KeptCommand? kept = null;
        if (_kept?.TryGetValue(sql, out kept) != true)
        {
            var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            kept = new KeptCommand(command);
            if (_kept?.Count < MostKept)
            {
                kept.IsKept = true;
                _kept.Add(sql, kept);
            }
        }

        kept!.Command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        if (context.Database.GetCommandTimeout() is { } timeout)
        {
            kept.Command.CommandTimeout = timeout;
        }

        return new SqlCommand(kept, this);
    }

    public void DisposeCommands()
    {
        foreach (var kept in _kept?.Values ?? Enumerable.Empty<KeptCommand>())
        {
            kept.Command.Dispose();
        }
    }
}
