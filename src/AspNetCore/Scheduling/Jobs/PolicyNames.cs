using Switchyard.Jobs.Recurring;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Names the policies of a job on the wire (contract 5).</summary>
internal static class PolicyNames
{
    public static WireNames<MisfirePolicy> Misfire { get; } = new(
        ("fire_once", MisfirePolicy.FireOnce),
        ("skip", MisfirePolicy.Skip),
        ("fire_all", MisfirePolicy.FireAll));

    public static WireNames<OverlapPolicy> Overlap { get; } = new(
        ("allow", OverlapPolicy.Allow),
        ("skip", OverlapPolicy.Skip),
        ("buffer_one", OverlapPolicy.BufferOne));

    public static string Of(MisfirePolicy policy) => Misfire.Of(policy);

    public static string Of(OverlapPolicy policy) => Overlap.Of(policy);
}
