using System.Data.Common;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents a command of the stores with its parameters; it runs once.</summary>
internal sealed class SqlCommand(KeptCommand kept, StoreSession session)
{
    private readonly DbCommand _command = kept.Command;

    public SqlCommand With(string parameter, SqlType type, object? value)
    {
        session.Dialect.Bind(_command, parameter, type, value);
        return this;
    }

    public SqlCommand With(string parameter, IReadOnlyList<string> values)
    {
        session.Dialect.BindList(_command, parameter, values);
        return this;
    }

    public SqlCommand With(SqlRows rows)
    {
        session.Dialect.BindRows(_command, rows);
        return this;
    }

    public Task<List<T>> ReadAsync<T>(Func<SqlReader, T> read) => RunAsync(reader => ReadAllAsync(reader, read, session.Cancellation));

    /// <summary>Reads the one row of the first statement, then all of the second.</summary>
    public Task<(THead Head, List<T> Rows)> ReadAsync<THead, T>(Func<SqlReader, THead> readHead, Func<SqlReader, T> read) => RunAsync(async reader =>
    {
        var head = await ReadAllAsync(reader, readHead, session.Cancellation).ConfigureAwait(false);
        await reader.NextResultAsync(session.Cancellation).ConfigureAwait(false);
        return (head[0], await ReadAllAsync(reader, read, session.Cancellation).ConfigureAwait(false));
    });

    public async Task<int> ExecuteAsync()
    {
        try
        {
            await PrepareAsync().ConfigureAwait(false);
            return await _command.ExecuteNonQueryAsync(session.Cancellation).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
    }

    private async Task<T> RunAsync<T>(Func<DbDataReader, Task<T>> read)
    {
        try
        {
            await PrepareAsync().ConfigureAwait(false);
            var reader = await _command.ExecuteReaderAsync(session.Cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (kept.SkipsFirst)
                {
                    await reader.NextResultAsync(session.Cancellation).ConfigureAwait(false);
                }

                return await read(reader).ConfigureAwait(false);
            }
        }
        finally
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
    }

    private async Task<List<T>> ReadAllAsync<T>(DbDataReader reader, Func<SqlReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var row = new SqlReader(reader, session.Dialect);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(row));
        }

        return rows;
    }

    private Task PrepareAsync() => kept.IsKept && ++kept.Runs == 2 ? session.Dialect.PrepareAsync(_command, session.Cancellation) : Task.CompletedTask;

    private ValueTask ReleaseAsync() => kept.IsKept ? ValueTask.CompletedTask : _command.DisposeAsync();
}
