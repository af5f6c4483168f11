using Npgsql;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Tests.Configuration;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgres://user:pass@db:6432/app", "Host=db;Port=6432;Username=user;Password=pass;Database=app")]
    [InlineData("postgresql://user@db/app", "Host=db;Port=5432;Username=user;Database=app")]
    [InlineData("POSTGRES://db/app", "Host=db;Port=5432;Database=app")]
    [InlineData("postgres://u%40x:p%2Fa%3Ass@db/my%20app", "Host=db;Port=5432;Username=u@x;Password=p/a:ss;Database=my app")]
    [InlineData("postgres://u:p@ss@db/app", "Host=db;Port=5432;Username=u;Password=p@ss;Database=app")]
    [InlineData("postgres://u:a;Host=evil@db/app", "Host=db;Port=5432;Username=u;Password=\"a;Host=evil\";Database=app")]
    [InlineData("postgres://u@[::1]:5433/app", "Host=::1;Port=5433;Username=u;Database=app")]
    [InlineData("postgres://postgres@/app?host=/var/run/postgresql", "Host=/var/run/postgresql;Port=5432;Username=postgres;Database=app")]
    [InlineData("postgres:///app?host=%2Ftmp%2Fpg", "Host=/tmp/pg;Port=5432;Database=app")]
    [InlineData("postgres://u@db/app?sslmode=verify-full&sslrootcert=/etc/ca.pem", "Host=db;Port=5432;Username=u;Database=app;SSL Mode=VerifyFull;Root Certificate=/etc/ca.pem")]
    public void A_postgres_url_becomes_a_connection_string(string url, string expected)
    {
        Assert.Null(DatabaseUrl.Parse(url, out var settings));

        var actual = Assert.IsType<DatabaseSettings.PostgreSql>(settings).ConnectionString;
        Assert.Equal(Members(expected + ";Application Name=switchyard"), Members(actual));
    }

    [Theory]
    [InlineData("sqlite:///var/lib/switchyard.db", "/var/lib/switchyard.db")]
    [InlineData("sqlite:///var/My%20Data/x.db", "/var/My Data/x.db")]
    public void An_absolute_sqlite_path_stays(string url, string expected)
    {
        Assert.Null(DatabaseUrl.Parse(url, out var settings));
        Assert.Equal(new DatabaseSettings.Sqlite(Path.GetFullPath(expected)), settings);
    }

    [Fact]
    public void A_relative_sqlite_path_is_one_of_the_current_folder_and_keeps_its_case()
    {
        Assert.Null(DatabaseUrl.Parse("sqlite://Data/App.db", out var settings));
        Assert.Equal(new DatabaseSettings.Sqlite(Path.Combine(Environment.CurrentDirectory, "Data", "App.db")), settings);
    }

    [Theory]
    [InlineData("mysql://u@h/d", "is neither a sqlite:// nor a postgres:// URL")]
    [InlineData("/var/lib/app.db", "is neither a sqlite:// nor a postgres:// URL")]
    [InlineData("Host=db;Password=hunter2", "is neither a sqlite:// nor a postgres:// URL")]
    [InlineData("sqlite://", "names no SQLite file")]
    [InlineData("sqlite://data/", "names no SQLite file")]
    [InlineData("sqlite://:memory:", "names no SQLite file")]
    [InlineData("sqlite://x.db?cache=shared", "has parameters, which a sqlite:// URL doesn't know")]
    [InlineData("postgres://db", "names no database after the host")]
    [InlineData("postgres://db/", "names no database after the host")]
    [InlineData("postgres://db/a/b", "names no database after the host")]
    [InlineData("postgres:///app", "names no host")]
    [InlineData("postgres://u:hunter2@db:x/app", "has a port that is not a number from 1 to 65535")]
    [InlineData("postgres://db:0/app", "has a port that is not a number from 1 to 65535")]
    [InlineData("postgres://db:65536/app", "has a port that is not a number from 1 to 65535")]
    [InlineData("postgres://a,b/app", "names several hosts; one is supported")]
    [InlineData("postgres://db/app?password=hunter2", "has a parameter other than host, sslmode and sslrootcert, or an empty or unknown value of one")]
    [InlineData("postgres://db/app?sslmode=maybe", "has a parameter other than host, sslmode and sslrootcert, or an empty or unknown value of one")]
    [InlineData("postgres://db/app?host=", "has a parameter other than host, sslmode and sslrootcert, or an empty or unknown value of one")]
    public void A_malformed_url_is_refused_without_being_repeated(string url, string expected)
    {
        Assert.Equal(expected, DatabaseUrl.Parse(url, out _));
    }

    // By member: a default may be written out or left out.
    private static Dictionary<string, object?> Members(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return typeof(NpgsqlConnectionStringBuilder).GetProperties()
            .Where(property => property.DeclaringType == typeof(NpgsqlConnectionStringBuilder) && property.CanWrite && property.GetIndexParameters().Length == 0)
            .ToDictionary(property => property.Name, property => property.GetValue(builder));
    }
}
