namespace Switchyard.FaultRig.Checking;

/// <summary>Names what the checker looks for.</summary>
internal static class Rules
{
    public const string AcceptedIsStored = "accepted is stored";
    public const string OneTransaction = "a job and its neighbours' rows are one transaction";
    public const string EndsAsExpected = "every job ends as expected";
    public const string EffectsOnce = "effects exactly once";
    public const string FollowUpsOnce = "follow-ups exactly once";
    public const string TokensRise = "tokens rise";
    public const string OneRunPerToken = "one run for each token";
    public const string OneResult = "one result, and it never changes";
    public const string LegalSteps = "legal steps only";
    public const string FencedWrites = "only the holder writes the result";
    public const string AttemptsWithinBounds = "attempts within bounds, and never taken back";
    public const string OrphansRunAgain = "orphans run again in time";
    public const string StopsInOrder = "an orderly stop leaves nothing";
    public const string NobodyDies = "no process dies by itself";
    public const string OthersFlow = "poison doesn't hold the others";
    public const string NoBusyLoop = "no busy loop while the store is away";
    public const string LiveKills = "kills hit live leases";
    public const string PointsMet = "every failpoint is met";
}
