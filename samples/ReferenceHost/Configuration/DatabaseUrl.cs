using System.Globalization;
using Npgsql;

namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Parses <c>DATABASE_URL</c>: <c>sqlite://path</c> or <c>postgres://user:password@host:port/database</c>.</summary>
/// <remarks>
/// Written by hand: <see cref="Uri"/> refuses the empty host that stands for a unix socket, and lower-cases relative SQLite paths.
/// User, password, host and database are percent-decoded. No message repeats the text, which may hold a password.
/// </remarks>
internal static class DatabaseUrl
{
    /// <summary>Parses a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="settings">What it names, where the answer is <see langword="null"/>.</param>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static string? Parse(string text, out DatabaseSettings settings)
    {
        settings = new DatabaseSettings.Sqlite("");
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = mark < 0 ? "" : text[..mark].ToLowerInvariant();
        var rest = mark < 0 ? "" : text[(mark + 3)..];
        return scheme switch
        {
            "sqlite" => ParseSqlite(rest, out settings),
            "postgres" or "postgresql" => ParsePostgres(rest, out settings),
            _ => "is neither a sqlite:// nor a postgres:// URL",
        };
    }

    private static string? ParseSqlite(string rest, out DatabaseSettings settings)
    {
        var path = Uri.UnescapeDataString(rest);
        settings = new DatabaseSettings.Sqlite("");
        if (path.Length == 0 || path.EndsWith('/') || path.Contains('\0', StringComparison.Ordinal) || path == ":memory:")
        {
            return "names no SQLite file";
        }

        if (rest.Contains('?', StringComparison.Ordinal))
        {
            return "has parameters, which a sqlite:// URL doesn't know";
        }

        settings = new DatabaseSettings.Sqlite(Path.GetFullPath(path));
        return null;
    }

    private static string? ParsePostgres(string rest, out DatabaseSettings settings)
    {
        settings = new DatabaseSettings.Sqlite("");
        var (address, query) = Cut(rest, '?');
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        var database = slash < 0 ? "" : Uri.UnescapeDataString(address[(slash + 1)..]);
        if (database.Length == 0 || database.Contains('/', StringComparison.Ordinal))
        {
            return "names no database after the host";
        }

        // The last @ ends the user: a password may hold one that isn't percent-encoded.
        var authority = address[..slash];
        var at = authority.LastIndexOf('@');
        var builder = new NpgsqlConnectionStringBuilder { Database = database, ApplicationName = "switchyard" };
        if (at >= 0)
        {
            var (user, password) = Cut(authority[..at], ':');
            builder.Username = NullIfEmpty(Uri.UnescapeDataString(user));
            builder.Password = NullIfEmpty(Uri.UnescapeDataString(password ?? ""));
        }

        var wrong = ReadHost(authority[(at + 1)..], builder) ?? ReadParameters(query, builder);
        if (wrong is null && string.IsNullOrEmpty(builder.Host))
        {
            wrong = "names no host";
        }

        settings = new DatabaseSettings.PostgreSql(builder.ConnectionString);
        return wrong;
    }

    private static string? ReadHost(string text, NpgsqlConnectionStringBuilder builder)
    {
        var colon = text.LastIndexOf(':');
        var (host, port) = colon > text.LastIndexOf(']') ? (text[..colon], text[(colon + 1)..]) : (text, null);
        if (port is not null)
        {
            if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            {
                return "has a port that is not a number from 1 to 65535";
            }

            builder.Port = number;
        }

        host = Uri.UnescapeDataString(host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host);
        if (host.Contains(',', StringComparison.Ordinal))
        {
            return "names several hosts; one is supported";
        }

        builder.Host = NullIfEmpty(host);
        return null;
    }

    private static string? ReadParameters(string? query, NpgsqlConnectionStringBuilder builder)
    {
        foreach (var parameter in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, raw) = Cut(parameter, '=');
            var value = Uri.UnescapeDataString(raw ?? "");
            switch (name)
            {
                case "host" when value.Length > 0:
                    builder.Host = value;
                    break;
                case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode) && Enum.IsDefined(mode):
                    builder.SslMode = mode;
                    break;
                case "sslrootcert" when value.Length > 0:
                    builder.RootCertificate = value;
                    break;
                default:
                    return "has a parameter other than host, sslmode and sslrootcert, or an empty or unknown value of one";
            }
        }

        return null;
    }

    private static (string Left, string? Right) Cut(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
