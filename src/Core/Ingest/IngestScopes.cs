namespace Switchyard.Ingest;

/// <summary>Names the scopes that ingest knows.</summary>
public static class IngestScopes
{
    /// <summary>The scope that creating, starting and reading jobs needs.</summary>
    public const string CreateJobs = "create:jobs";

    /// <summary>The prefix of <c>partner:{code}</c>, which grants the jobs of one partner.</summary>
    public const string Partner = "partner";

    /// <summary>The scope that an executor running elsewhere needs to be handed waiting runs. It reaches every partner's jobs.</summary>
    public const string ExecuteJobs = "execute:jobs";
}
