using Npgsql;
using Switchyard.FaultRig.Proxy;
using Switchyard.TestKit;

namespace Switchyard.FaultRig.Tests.Proxy;

/// <summary>The proxy drops what says that a write was committed, and only that.</summary>
[Collection("PostgreSQL")]
public sealed class ChaosProxyTests : IAsyncLifetime
{
    private ChaosProxy _proxy = null!;
    private string _direct = "";
    private string _through = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var server = PostgresServer.Get();
        _direct = await server.CreateDatabaseAsync();
        _proxy = new ChaosProxy(Path.Combine(server.SocketFolder, ".s.PGSQL.5432"));
        _through = new NpgsqlConnectionStringBuilder(_direct)
        {
            Host = "127.0.0.1", Port = _proxy.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable, Pooling = false,
        }.ConnectionString;
        await ExecuteAsync(_direct, "create table t (n int not null)");
    }

    [Theory]
    [InlineData("insert into t values (1)")]
    [InlineData("begin; insert into t values (1); commit")]
    [InlineData("with n as (select 1 as n) insert into t select n from n returning n")]
    public async Task A_write_whose_commit_is_answered_by_a_cut_is_there(string write)
    {
        _proxy.DropCommitReplies(1);

        await Assert.ThrowsAsync<NpgsqlException>(() => ExecuteAsync(_through, write));

        Assert.Equal((1L, 1), (await CountAsync(_direct), _proxy.Dropped));
    }

    [Fact]
    public async Task A_transaction_is_cut_at_its_commit_and_not_before()
    {
        _proxy.DropCommitReplies(1);
        await using var connection = new NpgsqlConnection(_through);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand("insert into t values (1)", connection, transaction);
        await command.ExecuteNonQueryAsync(Cancellation);

        await Assert.ThrowsAsync<NpgsqlException>(() => transaction.CommitAsync(Cancellation));

        Assert.Equal(1, await CountAsync(_direct));
    }

    [Theory]
    [InlineData("select count(*) from t")]
    [InlineData("update t set n = 2 where n = 77")]
    [InlineData("begin; insert into t values (1); rollback")]
    [InlineData("begin; select 1; commit")]
    public async Task What_commits_no_write_passes(string harmless)
    {
        _proxy.DropCommitReplies(1);

        await ExecuteAsync(_through, harmless);

        Assert.Equal(0, _proxy.Dropped);
    }

    [Fact]
    public async Task A_black_hole_swallows_until_it_is_lifted()
    {
        _proxy.Mode = ProxyMode.Blackhole;
        var counting = CountAsync(_through);
        await Assert.ThrowsAsync<TimeoutException>(() => counting.WaitAsync(TimeSpan.FromMilliseconds(300), Cancellation));

        _proxy.Mode = ProxyMode.Pass;

        Assert.Equal(0, await counting);
    }

    [Fact]
    public async Task A_cut_ends_every_connection()
    {
        await using var connection = new NpgsqlConnection(_through);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("select 1", connection);
        await command.ExecuteScalarAsync(Cancellation);

        _proxy.CutAll();

        await Assert.ThrowsAsync<NpgsqlException>(() => command.ExecuteScalarAsync(Cancellation));
        Assert.Equal(0, await CountAsync(_through));
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<long> CountAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("select count(*) from t", connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
