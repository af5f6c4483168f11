namespace Switchyard.Scheduling.Rules;

/// <summary>Says which pages of lists may be asked for (contract 5).</summary>
internal static class PageRules
{
    private const int LargestPage = 1000;

    public static SchedulingRefusal? Check(int skip, int limit)
    {
        var problems = new ProblemList();
        problems.AddUnless(skip >= 0, "skip", "must be 0 or more");
        problems.AddUnless(limit is >= 1 and <= LargestPage, "limit", "must be 1 to 1000");
        return problems.ToRefusal();
    }
}
