using System.Security.Cryptography;
using Npgsql;
using Switchyard.TestKit;
using Switchyard.TestKit.S3;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>A host process among real parts: PostgreSQL, a store that verifies signatures as S3 does, a certified OpenID provider.</summary>
public sealed class RealParts : IAsyncLifetime
{
    private const string Audience = "https://switchyard.example.com";

    internal TemporaryFolder Folder { get; } = new();

    internal OpenIdProvider Provider { get; private set; } = null!;

    internal S3Server S3 { get; private set; } = null!;

    /// <summary>The way to the store.</summary>
    internal Gate Store { get; private set; } = null!;

    /// <summary>The way to the database; <see cref="Connection"/> goes past it.</summary>
    internal Gate Database { get; private set; } = null!;

    internal string Connection { get; private set; } = "";

    internal HostProcess Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await OpenIdProvider.StartAsync(Audience);
        S3 = await S3Server.StartAsync();
        Store = Gate.ToTcp(S3.Url);
        var server = PostgresServer.Get();
        Connection = await server.CreateDatabaseAsync();
        Database = Gate.ToPostgres(Directory.CreateDirectory(Folder.Combine("pg")).FullName, server.SocketFolder);
        Host = await HostProcess.StartAsync(new Dictionary<string, string>
        {
            // Development for the one reason that the provider speaks plain http.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://localhost:0",
            ["DATA_DIRECTORY"] = Folder.Combine("data"),
            ["DATABASE_URL"] = $"postgres://postgres@localhost/{new NpgsqlConnectionStringBuilder(Connection).Database}?host={Folder.Combine("pg")}",
            ["MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["EXTERNAL_API_TOKEN_ISSUER"] = Provider.Issuer.AbsoluteUri.TrimEnd('/'),
            ["EXTERNAL_API_TOKEN_AUDIENCE"] = Audience,
            ["S3_BUCKET"] = S3.Bucket,
            ["S3_ENDPOINT_URL"] = $"http://{Store.Address}",
            ["AWS_ACCESS_KEY_ID"] = S3Server.Credentials.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = S3Server.Credentials.SecretKey,
            ["AWS_REGION"] = S3Server.Credentials.Region,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        Database?.Dispose();
        Store?.Dispose();
        if (S3 is not null)
        {
            await S3.DisposeAsync();
        }

        Provider?.Dispose();
        Folder.Dispose();
    }
}
