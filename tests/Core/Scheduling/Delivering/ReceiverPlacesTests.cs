using Microsoft.Extensions.DependencyInjection;
using Switchyard.Scheduling.Receivers;
using Switchyard.TestKit;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Who finds a place, who waits for one, and what becomes of those who don't.</summary>
public sealed class ReceiverPlacesTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Guid _webhook = Guid.NewGuid();

    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Who_finds_all_places_taken_waits_for_one_while_answers_come()
    {
        using var places = Create(slots: 100, ofEach: 1);
        places.OnEnded(_webhook, hung: false);
        var first = await places.TryEnterAsync(_webhook, Token);

        var second = places.TryEnterAsync(_webhook, Token).AsTask();
        Assert.False(second.IsCompleted);
        first!.Dispose();

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task One_finds_out_whether_a_receiver_answers_and_the_others_wait_for_that()
    {
        using var places = Create(slots: 100, ofEach: 16);
        using var first = await places.TryEnterAsync(_webhook, Token);
        var second = places.TryEnterAsync(_webhook, Token).AsTask();
        Assert.False(second.IsCompleted);

        places.OnEnded(_webhook, hung: false);

        using var place = await second;
        Assert.NotNull(place);
        using var third = await places.TryEnterAsync(_webhook, Token);
        Assert.NotNull(third);
    }

    [Fact]
    public async Task Nobody_waits_for_a_receiver_from_which_nothing_came_for_a_second()
    {
        using var places = Create(slots: 100, ofEach: 1);
        using var first = await places.TryEnterAsync(_webhook, Token);
        var second = places.TryEnterAsync(_webhook, Token).AsTask();
        Assert.False(second.IsCompleted);

        _clock.Advance(ReceiverPlaces.Patience);

        Assert.Null(await second);
        Assert.Null(await places.TryEnterAsync(_webhook, Token));
    }

    [Fact]
    public async Task One_place_is_left_to_a_receiver_that_hung_until_it_answers()
    {
        using var places = Create(slots: 100, ofEach: 16);
        places.OnEnded(_webhook, hung: true);

        using var probe = await places.TryEnterAsync(_webhook, Token);
        Assert.NotNull(probe);
        Assert.Null(await places.TryEnterAsync(_webhook, Token));

        places.OnEnded(_webhook, hung: false);
        using var next = await places.TryEnterAsync(_webhook, Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Those_that_have_not_answered_share_half_of_the_slots_and_those_that_have_do_not()
    {
        using var places = Create(slots: 4, ofEach: 16);
        var good = Guid.NewGuid();
        places.OnEnded(good, hung: false);
        using var first = await places.TryEnterAsync(Guid.NewGuid(), Token);
        using var second = await places.TryEnterAsync(Guid.NewGuid(), Token);

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(await places.TryEnterAsync(Guid.NewGuid(), Token));
        using var third = await places.TryEnterAsync(good, Token);
        Assert.NotNull(third);
        first.Dispose();
        using var fourth = await places.TryEnterAsync(Guid.NewGuid(), Token);
        Assert.NotNull(fourth);
    }

    [Fact]
    public async Task A_delivery_that_is_handed_over_goes_on_counting_its_attempts()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(503));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { OverlapPolicy = Switchyard.Jobs.Recurring.OverlapPolicy.Skip });
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        var places = host.Services.GetRequiredService<ReceiverPlaces>();
        places.OnEnded(webhook.Id, hung: true);
        using var probe = await places.TryEnterAsync(webhook.Id, Token);

        host.Clock.Advance(TimeSpan.FromSeconds(60));
        var job = (await host.Kernel.ClaimAsync())!;
        await host.Kernel.RunAsync(job);
        Assert.Single(receiver.Requests);
        var slow = (await host.Kernel.ClaimAsync())!;
        await host.Kernel.RunAsync(slow);

        Assert.Equal((SchedulingJobs.Deliver, 2, 3), (job.Kind, job.Attempt, job.MaxAttempts));
        Assert.Equal((SchedulingJobs.DeliverSlow, 1, 2), (slow.Kind, slow.Attempt, slow.MaxAttempts));
        Assert.Equal(job.RootId, slow.RootId);
        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal([1, 2, 3], rows.Select(row => row.Attempt));
        Assert.Equal(TimeSpan.FromSeconds(120), rows[2].NotBefore - rows[1].FinishedAt);

        host.Clock.Advance(TimeSpan.FromSeconds(120));
        await host.Kernel.RunAllAsync();
        rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Failure, ExecutionStatus.DeadLetter], rows.Where(row => row.RootId == rows[0].RootId).Select(row => row.Status));
        Assert.Equal(3, receiver.Requests.Count);
    }

    private ReceiverPlaces Create(int slots, int ofEach) =>
        new(Microsoft.Extensions.Options.Options.Create(new SchedulingOptions { DeliveryConcurrency = slots, DeliveriesPerWebhook = ofEach }), _clock);
}
