using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents an open connection, with its transaction if there is one, that statements of the stores run on.</summary>
internal sealed class StoreSession(DbContext context, CancellationToken cancellationToken)
{
    public DbContext Context => context;

    public SwitchyardDialect Dialect { get; } = SwitchyardDialect.Of(context);

    public CancellationToken Cancellation => cancellationToken;

    public SqlCommand Command(string sql)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        if (context.Database.GetCommandTimeout() is { } timeout)
        {
            command.CommandTimeout = timeout;
        }

        return new SqlCommand(command, this);
    }
}

/// <summary>Represents one statement of the stores with its parameters; it runs once.</summary>
internal sealed class SqlCommand(DbCommand command, StoreSession session)
{
    public SqlCommand With(string parameter, SqlType type, object? value)
    {
        session.Dialect.Bind(command, parameter, type, value);
        return this;
    }

    public SqlCommand With(string parameter, IReadOnlyList<string> values)
    {
        session.Dialect.BindList(command, parameter, values);
        return this;
    }

    public SqlCommand With(SqlRows rows)
    {
        session.Dialect.BindRows(command, rows);
        return this;
    }

    public async Task<List<T>> ReadAsync<T>(Func<SqlReader, T> read)
    {
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(session.Cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<T>();
                var row = new SqlReader(reader, session.Dialect);
                while (await reader.ReadAsync(session.Cancellation).ConfigureAwait(false))
                {
                    rows.Add(read(row));
                }

                return rows;
            }
        }
    }

    public async Task<int> ExecuteAsync()
    {
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(session.Cancellation).ConfigureAwait(false);
        }
    }
}
