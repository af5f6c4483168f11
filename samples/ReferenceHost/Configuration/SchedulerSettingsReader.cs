using System.Text;

namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Makes <see cref="SchedulerSettings"/> of environment variables.</summary>
internal static class SchedulerSettingsReader
{
    /// <summary>The variable of the secret that tokens are signed with.</summary>
    public const string JwtSecret = "SUPABASE_JWT_SECRET";

    private const int LeastSecretBytes = 32;

    /// <summary>Reads the settings. In Development without a secret, <see cref="WithDerivedSecret"/> still has to give one.</summary>
    public static SchedulerSettings Read(VariableReader reader, bool development) => new()
    {
        JwtSecret = Secret(reader),
        AllowPrivateNetworks = reader.Flag("WEBHOOK_ALLOW_PRIVATE_NETWORKS", development),
        TickInterval = TimeSpan.FromSeconds(reader.Number("SCHEDULER_TICK_INTERVAL", 1, 600, 1)),
        BatchSize = (int)reader.Number("SCHEDULER_BATCH_SIZE", 1, 10_000, 1000),
        RetryBackoff = TimeSpan.FromSeconds(reader.Number("RETRY_BACKOFF_SECONDS", 0, 86_400, 60)),
        Redis = Redis(reader),
    };

    /// <summary>Gives the settings a secret of the master key's where the environment named none.</summary>
    public static SchedulerSettings WithDerivedSecret(this SchedulerSettings settings, MasterKey masterKey) =>
        settings.JwtSecret is null ? settings with { JwtSecret = masterKey.SchedulerTokenSecret(), UsesDerivedSecret = true } : settings;

    private static string? Secret(VariableReader reader)
    {
        var secret = reader.Text(JwtSecret);
        if (secret is not null && Encoding.UTF8.GetByteCount(secret) < LeastSecretBytes)
        {
            reader.Problem(JwtSecret, $"is shorter than {LeastSecretBytes} bytes (RFC 7518, 3.2)", $"{JwtSecret}=$(openssl rand -base64 48)");
        }

        return secret;
    }

    // By hand and not by VariableReader.Url: this one may hold a user and a password.
    private static Uri? Redis(VariableReader reader)
    {
        const string name = "REDIS_URL";
        if (reader.Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "redis" or "rediss", Host.Length: > 0, Query: "", Fragment: "" })
        {
            return url;
        }

        reader.Problem(name, "is neither a redis:// nor a rediss:// URL", $"{name}=redis://localhost:6379");
        return null;
    }
}
