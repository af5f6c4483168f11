using System.Globalization;
using Microsoft.AspNetCore.Http;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Editing;
using Switchyard.Scheduling.Receivers;

namespace Switchyard.Scheduling.Delivering;

/// <summary>A firing from the tick to a real receiver and back, with a moved clock.</summary>
public sealed class DeliveryTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Firing_is_delivered_signed_and_recorded()
    {
        await using var receiver = await KestrelReceiver.StartAsync(async context =>
        {
            context.Response.StatusCode = 202;
            context.Response.Headers["X-Answer"] = "yes";
            await context.Response.WriteAsync("thanks, ünï", Token);
        });
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();
        var (webhook, secret) = await host.WebhookAsync(schedule.Id, receiver.Url, request => request with
        {
            Headers = [KeyValuePair.Create("Authorization", "Bearer api-key"), KeyValuePair.Create("Content-Type", "application/json")],
            QueryParams = [KeyValuePair.Create("param1", "value1")],
        });

        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var root = OccurrenceId.Of(schedule.Id, schedule.Recurrence.NextAt!.Value, webhook.Id);
        var execution = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal((root, root, 1, ExecutionStatus.Success), (execution.Id, execution.RootId, execution.Attempt, execution.Status));
        Assert.Equal(("worker-1", schedule.Recurrence.NextAt, ExecutionTrigger.Schedule), (execution.WorkerId, execution.ScheduledAt, execution.Trigger));
        Assert.Equal((202, "thanks, ünï", null), (execution.Answer!.StatusCode, execution.Answer.Body, execution.Error));
        Assert.Contains("\"X-Answer\":\"yes\"", execution.Answer.Headers, StringComparison.Ordinal);
        Assert.True(execution.FinishedAt >= execution.StartedAt);
        var received = Assert.Single(receiver.Requests);
        Assert.Equal(("POST", "/hook?param1=value1", $$"""{"id":"{{root}}","attempt":1}"""), (received.Method, received.Target, received.Text));
        Assert.Equal("Bearer api-key", received.Headers["Authorization"]);
        Assert.Equal(root.ToString(), received.Headers["webhook-id"]);
        Assert.StartsWith($"00-{root:n}-", received.Headers["traceparent"], StringComparison.Ordinal);
        Assert.Equal("Switchyard-Webhooks/1.0", received.Headers["User-Agent"]);
        Assert.True(WebhookServiceTests.Verifies(received, secret));
    }

    [Fact]
    public async Task Failing_delivery_is_tried_three_times_and_then_a_dead_letter()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(500));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { Schedule = "0 9 * * *" });
        await host.FireAsync(schedule.Id);

        Assert.Equal(1, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(0, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await host.Kernel.RunAllAsync());

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Failure, ExecutionStatus.DeadLetter], rows.Select(row => row.Status));
        Assert.Equal([1, 2, 3], rows.Select(row => row.Attempt));
        Assert.All(rows, row => Assert.Equal((rows[0].Id, 500), (row.RootId, row.Answer!.StatusCode)));
        Assert.Equal("Gave up after attempt 3. Last error: The receiver answered 500.", rows[2].Error);
        Assert.Equal(rows[0].FinishedAt + TimeSpan.FromSeconds(60), rows[1].NotBefore);
        var requests = receiver.Requests.ToArray();
        Assert.Single(requests.Select(request => request.Headers["webhook-id"]).Distinct());
        Assert.Equal(3, requests.Select(request => request.Headers["webhook-timestamp"]).Distinct().Count());
        Assert.Equal(["1", "2", "3"], requests.Select(request => request.Text.Split(':')[^1].TrimEnd('}')));
    }

    // P-EX5, over all codes that a receiver can send.
    [Fact]
    public async Task Only_2xx_is_success_and_all_else_but_410_is_tried_again()
    {
        var code = 0;
        await using var receiver = await KestrelReceiver.StartAsync(context => KestrelReceiver.Status(code)(context));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        foreach (var status in Enumerable.Range(200, 400).Where(status => status is < 230 or (>= 299 and < 320) or (>= 399 and < 432) or >= 495 and < 512 or 599))
        {
            code = status;
            var run = Assert.IsType<RunResult.Stored>(await host.OnSchedules(service => service.RunAsync(SchedulingHost.Ann, schedule.Id, Token))).Executions[0];
            await host.Kernel.RunOneAsync();

            var ended = (await host.Executions.FindAsync(run.Id, Token))!;
            var retry = await host.Executions.FindAsync(ExecutionIds.Attempt(run.RootId, 2), Token);
            Assert.Equal((status, status < 300 ? ExecutionStatus.Success : ExecutionStatus.Failure), (ended.Answer?.StatusCode, ended.Status));
            Assert.Equal(status is >= 300 and not 410, retry is not null);
            if (status == 410)
            {
                var webhook = (await host.Webhooks.ListAsync(schedule.Id, Token)).Single();
                Assert.Equal("The receiver answered 410: it is gone for good.", webhook.DisabledReason);
                await host.Webhooks.ChangeAsync(webhook.Id, there => there with { DisabledAt = null }, Token);
            }
        }
    }

    [Theory]
    [InlineData("429", "300", 300)]
    [InlineData("503", "5", 60)]
    [InlineData("429", "-1", 60)]
    [InlineData("429", "1000000000000", 86400)]
    [InlineData("429", "Mon, 02 Mar 2026 08:25:00 GMT", 1200)]
    [InlineData("503", "Mon, 02 Mar 2020 08:25:00 GMT", 60)]
    [InlineData("500", "whenever", 60)]
    public async Task Retry_after_is_honoured_up_to_a_day_and_never_earlier_than_the_policy(string code, string retryAfter, int seconds)
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(int.Parse(code, CultureInfo.InvariantCulture), $"Retry-After: {retryAfter}"));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { Schedule = "5 8 * * *" });
        await host.FireAsync(schedule.Id);

        await host.Kernel.RunAllAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(0, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await host.Kernel.RunAllAsync());
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task Gone_receiver_disables_its_webhook_and_later_firings_say_so()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(410));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Failure], rows.Select(row => row.Status));
        Assert.Contains("410", rows[0].Error, StringComparison.Ordinal);
        Assert.Equal("The job has no enabled webhook to deliver to.", rows[1].Error);
        Assert.NotNull((await host.Webhooks.FindAsync(webhook.Id, Token))!.Webhook.DisabledAt);
        Assert.Single(receiver.Requests);
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Warning 3 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redirect_is_an_answer_and_is_not_followed()
    {
        await using var inside = await KestrelReceiver.StartAsync();
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(307, $"Location: {inside.Url}"));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var first = (await host.ExecutionsAsync(schedule.Id))[0];
        Assert.Equal((ExecutionStatus.Failure, 307), (first.Status, first.Answer!.StatusCode));
        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task Destination_that_the_guard_refuses_fails_once_and_says_why()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync("https://a.example/");
        await host.Webhooks.ChangeAsync(webhook.Id, there => there with { Url = "http://10.0.0.1/" }, Token);
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await host.Kernel.RunAllAsync());
        var row = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal(ExecutionStatus.Failure, row.Status);
        Assert.StartsWith("Destination not allowed: ", row.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_the_user_set_win_and_no_signature_vouches_for_them()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, request => request with
        {
            Headers = [KeyValuePair.Create("Webhook-Id", "mine"), KeyValuePair.Create("user-agent", "Mine/1"), KeyValuePair.Create("Traceparent", "00-1")],
        });
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var headers = Assert.Single(receiver.Requests).Headers;
        Assert.Equal(("mine", "Mine/1", "00-1"), (headers["webhook-id"], headers["User-Agent"], headers["traceparent"]));
        Assert.True(headers.ContainsKey("webhook-timestamp"));
        Assert.False(headers.ContainsKey("webhook-signature"));
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("GET", "x")]
    [InlineData("DELETE", "x")]
    [InlineData("PATCH", null)]
    public async Task Body_is_sent_where_there_is_a_template_whatever_the_method(string method, string? template)
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, request => request with { Method = method, BodyTemplate = template });
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var received = Assert.Single(receiver.Requests);
        Assert.Equal((method, template ?? ""), (received.Method, received.Text));
        Assert.Equal(ExecutionStatus.Success, (await host.ExecutionsAsync(schedule.Id)).Single().Status);
    }

    [Fact]
    public async Task Every_webhook_of_a_schedule_gets_its_own_execution()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.WebhookAsync(schedule.Id, $"{receiver.Url}/{i}");
        }

        await host.FireAsync(schedule.Id);
        await host.TickAsync();
        await host.Kernel.RunAllAsync();

        Assert.Equal(["/hook/0", "/hook/1", "/hook/2"], receiver.Requests.Select(request => request.Target).Order());
        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal(3, rows.Count);
        Assert.Equal(3, rows.Select(row => row.RootId).Distinct().Count());
        Assert.All(rows, row => Assert.Equal(ExecutionStatus.Success, row.Status));
    }
}
