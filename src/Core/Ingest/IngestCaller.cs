using Switchyard.Tokens;

namespace Switchyard.Ingest;

/// <summary>Represents who calls: what the token grants, and the client that it names.</summary>
/// <param name="Scopes">The token's scopes; partners are those granted as <c>partner:{code}</c>.</param>
/// <param name="Client">The client.</param>
public sealed record IngestCaller(ScopeSet Scopes, IngestClient Client);
