using Switchyard.ReferenceHost.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Configuration;

public sealed class SchedulerSettingsTests : IDisposable
{
    private const string Secret = "a secret of more than 32 bytes, äöü";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void In_production_nothing_set_switches_the_surface_off_and_keeps_private_networks_out()
    {
        var settings = SettingsEnvironment.Read(_folder);

        Assert.Equal(
            new SchedulerSettings
            {
                JwtSecret = null,
                AllowPrivateNetworks = false,
                TickInterval = TimeSpan.FromSeconds(1),
                BatchSize = 1000,
                RetryBackoff = TimeSpan.FromSeconds(60),
            },
            settings.Scheduler);
        Assert.False(settings.SignsSchedulerTokens);
    }

    [Fact]
    public void In_development_the_secret_comes_from_the_master_key_and_stays()
    {
        var first = SettingsEnvironment.Read(_folder, ("ASPNETCORE_ENVIRONMENT", "Development"));
        var second = SettingsEnvironment.Read(_folder, ("ASPNETCORE_ENVIRONMENT", "Development"));

        Assert.Equal(32, Convert.FromBase64String(first.Scheduler.JwtSecret!).Length);
        Assert.Equal(first.Scheduler.JwtSecret, second.Scheduler.JwtSecret);
        Assert.True(first.Scheduler.AllowPrivateNetworks);
        Assert.True(first.SignsSchedulerTokens);
    }

    [Fact]
    public void Everything_set_is_taken_as_it_is()
    {
        var settings = SettingsEnvironment.Read(
            _folder,
            ("SUPABASE_JWT_SECRET", Secret), ("WEBHOOK_ALLOW_PRIVATE_NETWORKS", "true"), ("SCHEDULER_TICK_INTERVAL", "5"), ("SCHEDULER_BATCH_SIZE", "100"),
            ("RETRY_BACKOFF_SECONDS", "0"), ("REDIS_URL", "rediss://ada:pw@redis.example.com:6380/1"));

        Assert.Equal(
            new SchedulerSettings
            {
                JwtSecret = Secret,
                AllowPrivateNetworks = true,
                TickInterval = TimeSpan.FromSeconds(5),
                BatchSize = 100,
                RetryBackoff = TimeSpan.Zero,
                Redis = new Uri("rediss://ada:pw@redis.example.com:6380/1"),
            },
            settings.Scheduler);
        Assert.False(settings.SignsSchedulerTokens);
    }

    [Theory]
    [InlineData("Development", "", "", true)]
    [InlineData("Development", Secret, "", true)]
    [InlineData("Development", "", "https://idp.example.com", true)]
    [InlineData("Development", Secret, "https://idp.example.com", false)]
    [InlineData("Production", Secret, "", false)]
    [InlineData("Staging", "", "", false)]
    public void Tokens_are_signed_in_development_alone_while_a_surface_is_left_to_its_issuer(string environment, string secret, string issuer, bool signs)
    {
        var settings = SettingsEnvironment.Read(
            _folder, ("ASPNETCORE_ENVIRONMENT", environment), ("SUPABASE_JWT_SECRET", secret), ("EXTERNAL_API_TOKEN_ISSUER", issuer));

        Assert.Equal(signs, settings.SignsSchedulerTokens);
    }

    [Theory]
    [InlineData("SUPABASE_JWT_SECRET", "short", "SUPABASE_JWT_SECRET is shorter than 32 bytes (RFC 7518, 3.2); example: SUPABASE_JWT_SECRET=$(openssl rand -base64 48)")]
    [InlineData("WEBHOOK_ALLOW_PRIVATE_NETWORKS", "yes", "WEBHOOK_ALLOW_PRIVATE_NETWORKS 'yes' is neither true nor false; example: WEBHOOK_ALLOW_PRIVATE_NETWORKS=false")]
    [InlineData("SCHEDULER_TICK_INTERVAL", "0", "SCHEDULER_TICK_INTERVAL '0' is not a whole number from 1 to 600; example: SCHEDULER_TICK_INTERVAL=1")]
    [InlineData("SCHEDULER_TICK_INTERVAL", "0.5", "SCHEDULER_TICK_INTERVAL '0.5' is not a whole number from 1 to 600; example: SCHEDULER_TICK_INTERVAL=1")]
    [InlineData("SCHEDULER_BATCH_SIZE", "0", "SCHEDULER_BATCH_SIZE '0' is not a whole number from 1 to 10000; example: SCHEDULER_BATCH_SIZE=1000")]
    [InlineData("RETRY_BACKOFF_SECONDS", "-1", "RETRY_BACKOFF_SECONDS '-1' is not a whole number from 0 to 86400; example: RETRY_BACKOFF_SECONDS=60")]
    [InlineData("REDIS_URL", "localhost:6379", "REDIS_URL is neither a redis:// nor a rediss:// URL; example: REDIS_URL=redis://localhost:6379")]
    [InlineData("REDIS_URL", "http://:hunter2@localhost", "REDIS_URL is neither a redis:// nor a rediss:// URL; example: REDIS_URL=redis://localhost:6379")]
    public void A_wrong_value_stops_the_start_with_one_line(string name, string value, string line) =>
        Assert.Equal([line], SettingsEnvironment.Refused(_folder, (name, value)));

    [Fact]
    public void Nothing_that_prints_settings_prints_the_secret()
    {
        var settings = SettingsEnvironment.Read(_folder, ("SUPABASE_JWT_SECRET", Secret), ("REDIS_URL", "redis://:hunter2@localhost"));

        Assert.DoesNotContain(Secret, $"{settings} {settings.Scheduler}", StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{settings} {settings.Scheduler}", StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
