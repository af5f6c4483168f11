namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Represents which database the host uses: one of the nested records.</summary>
internal abstract record DatabaseSettings
{
    private DatabaseSettings()
    {
    }

    /// <summary>Represents a SQLite file.</summary>
    /// <param name="Path">Its full path.</param>
    internal sealed record Sqlite(string Path) : DatabaseSettings;

    /// <summary>Represents a PostgreSQL database.</summary>
    /// <param name="ConnectionString">How Npgsql reaches it; it may hold a password.</param>
    internal sealed record PostgreSql(string ConnectionString) : DatabaseSettings
    {
        // A record prints its members; this one must not.
        public override string ToString() => nameof(PostgreSql);
    }
}
