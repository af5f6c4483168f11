namespace Switchyard.Jobs.Worker;

public sealed class ClaimPlanTests
{
    // Microseconds; a handler time of -1 is not known yet.
    [Theory]
    [InlineData(10, 10, 0, 0, 1_000, -1, 10, 10)]          // Unknown handlers: the free slots and no more.
    [InlineData(1, 10, 0, 0, 1_000, 1_000_000, 1, 1)]      // Slow ones: one slot, one job.
    [InlineData(0, 10, 0, 0, 1_000, 1_000_000, 0, 0)]      // No slot, no claim.
    [InlineData(10, 10, 0, 0, 1_000, 10, 210, 210)]        // Tiny ones: what the slots get through in two round trips, all within reach of a slot.
    [InlineData(10, 10, 0, 0, 3_000, 10, 500, 500)]        // Never more than a claim may ask for.
    [InlineData(10, 10, 0, 0, 5_000, 1_000, 110, 60)]      // Of 1 ms: 10 ms ahead are claimed, 5 ms ahead are started.
    [InlineData(10, 10, 0, 0, 60_000, 1_000, 210, 60)]     // A slow store: no job is to wait for more than 20 ms.
    [InlineData(2, 2, 0, 0, 1_000, 20_000, 2, 2)]          // Of 20 ms: nothing ahead.
    [InlineData(0, 10, 110, 0, 1_000, 10, 0, 0)]           // The buffer is more than half full.
    [InlineData(0, 10, 100, 0, 1_000, 10, 100, 100)]       // At the half it is filled up, and what may be started ahead is.
    [InlineData(0, 10, 0, 100, 1_000, 10, 100, 100)]       // Jobs that wait count as those that are started do.
    [InlineData(0, 1, 10, 0, 1_000, 10, 10, 10)]           // One slot of ten turns over: the buffer is as small as if there were one.
    [InlineData(0, 0, 0, 0, 1_000, 10, 0, 0)]              // None does: nothing is held behind slow handlers.
    [InlineData(1, 1, 0, 0, 0, 0, 11, 11)]                 // Times under what clocks can tell.
    public void Claim_is_as_large_as_the_slots_will_soon_have_place_for(
        int free, int turning, int ready, int waiting, int roundTrip, int handler, int jobs, int startAtOnce)
    {
        var ahead = startAtOnce - Math.Min(startAtOnce, Math.Max(free - ready - waiting, 0));
        Assert.Equal(new ClaimSize(jobs, startAtOnce, ahead), ClaimPlan.Next(Load(free, turning, ready, waiting, roundTrip, handler, TimeSpan.FromMilliseconds(5))));
    }

    [Theory]
    [InlineData(2, 0, 10, -1, 0, 2)]       // One for each free slot,
    [InlineData(2, 0, 1, -1, 0, 1)]        // as far as there are any,
    [InlineData(0, 0, 10, -1, 0, 0)]       // and none without a slot
    [InlineData(0, 0, 10, 10, 0, 0)]       // where none may be started ahead.
    [InlineData(0, 0, 100, 10, 1, 20)]     // Two slots get through twenty tiny jobs in a millisecond:
    [InlineData(0, 10, 100, 10, 1, 10)]    // at the half that is filled up,
    [InlineData(0, 11, 100, 10, 1, 0)]     // and not before.
    public void Buffered_jobs_are_started_for_the_slots_that_they_have_or_soon_will(int free, int ready, int waiting, int handler, int aheadMs, int expected)
    {
        Assert.Equal(expected, ClaimPlan.Start(Load(free, 2, ready, waiting, 1_000, handler, TimeSpan.FromMilliseconds(aheadMs))));
    }

    [Fact]
    public void Nothing_is_started_ahead_of_its_slot_where_that_is_not_wanted()
    {
        Assert.Equal(new ClaimSize(210, 10, 0), ClaimPlan.Next(Load(10, 10, 0, 0, 1_000, 10, TimeSpan.Zero)));
    }

    private static ClaimLoad Load(int free, int turning, int ready, int waiting, int roundTrip, int handler, TimeSpan startAhead) => new()
    {
        Free = free, Turning = turning, Ready = ready, Waiting = waiting, MaxJobs = 500, StartAhead = startAhead,
        RoundTrip = TimeSpan.FromMicroseconds(roundTrip), HandlerTime = handler < 0 ? null : TimeSpan.FromMicroseconds(handler),
    };
}
