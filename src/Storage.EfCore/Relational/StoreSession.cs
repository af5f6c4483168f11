using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents an open connection, with its transaction if there is one, that statements of the stores run on.</summary>
internal sealed class StoreSession(DbContext context, CancellationToken cancellationToken)
{
    private Dictionary<string, DbCommand>? _prepared;

    public DbContext Context => context;

    public SwitchyardDialect Dialect { get; } = SwitchyardDialect.Of(context);

    public CancellationToken Cancellation { get; set; } = cancellationToken;

    /// <summary>Keeps every command with what its connection has prepared for it: for a session that is used again and again.</summary>
    public void KeepCommands() => _prepared ??= [];

    public SqlCommand Command(string sql)
    {
        DbCommand? command = null;
        if (_prepared?.TryGetValue(sql, out command) != true)
        {
            command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            _prepared?.Add(sql, command);
        }

        command!.Parameters.Clear();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        if (context.Database.GetCommandTimeout() is { } timeout)
        {
            command.CommandTimeout = timeout;
        }

        return new SqlCommand(command, this, isKept: _prepared is not null);
    }

    public void DisposeCommands()
    {
        foreach (var command in _prepared?.Values ?? Enumerable.Empty<DbCommand>())
        {
            command.Dispose();
        }
    }
}
