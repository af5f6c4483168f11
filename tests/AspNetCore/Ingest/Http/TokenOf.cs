namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>Tokens for <see cref="TokenDouble"/>.</summary>
internal static class TokenOf
{
    public const string Acme = "iss=https://issuer.example;client_id=client-a;scope=create:jobs;scope=partner:acme";
    public const string Other = "iss=https://issuer.example;client_id=client-b;scope=create:jobs;scope=partner:other";
    public const string Both = "iss=https://issuer.example;client_id=client-a;scope=create:jobs;scope=partner:acme;scope=partner:other";
    public const string NoScope = "iss=https://issuer.example;client_id=client-a;scope=partner:acme";
    public const string NoClient = "iss=https://issuer.example;scope=create:jobs;scope=partner:acme";
    public const string Executor = "iss=https://issuer.example;client_id=executor;scope=execute:jobs";
}
