namespace Switchyard.Ingest;

/// <summary>Represents the client that submitted a job, as its token names it.</summary>
/// <param name="Issuer">The issuer of the token.</param>
/// <param name="ClientId">Its <c>client_id</c>, else <c>azp</c>, else <c>sub</c>; <see langword="null"/> with none of them.</param>
/// <param name="Name">Its <c>client_name</c>.</param>
public sealed record IngestClient(string Issuer, string? ClientId, string? Name);
