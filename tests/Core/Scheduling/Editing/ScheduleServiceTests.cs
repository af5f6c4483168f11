using System.Globalization;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling.Editing;

public sealed class ScheduleServiceTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Created_schedule_has_its_next_run_and_an_account_of_its_own()
    {
        await using var host = await SchedulingHost.StartAsync();

        var made = await host.ScheduleAsync(request => request with { TimeZone = "america/new_york", Schedule = "0 2 * * *" });

        Assert.Equal("America/New_York", made.Recurrence.TimeZone);
        Assert.Equal(At("2026-03-03T07:00:00Z"), made.Recurrence.NextAt);
        Assert.True(made.Recurrence.Enabled);
        Assert.Null(made.Recurrence.LastAt);
        var mine = await host.OnSchedules(service => service.ListAsync(SchedulingHost.Ann, SchedulingHost.Account, null, 0, 100, Token));
        Assert.Equal([made.Id], Assert.IsType<ScheduleListResult.Listed>(mine).Page.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Account_that_was_named_by_somebody_else_is_forbidden()
    {
        await using var host = await SchedulingHost.StartAsync();
        var made = await host.ScheduleAsync();

        var create = await host.OnSchedules(service => service.CreateAsync(SchedulingHost.Bob, SchedulingHost.Every5Minutes, Token));
        var nil = await host.OnSchedules(service => service.CreateAsync(SchedulingHost.Bob, SchedulingHost.Every5Minutes with { AccountId = Guid.Empty }, Token));
        var get = await host.OnSchedules(service => service.FindAsync(SchedulingHost.Bob, made.Id, Token));
        var put = await host.OnSchedules(service => service.UpdateAsync(SchedulingHost.Bob, made.Id, new() { Schedule = "nonsense" }, Token));
        var list = await host.OnSchedules(service => service.ListAsync(SchedulingHost.Bob, SchedulingHost.Account, null, 0, 100, Token));
        var nobodys = await host.OnSchedules(service => service.ListAsync(SchedulingHost.Bob, Guid.NewGuid(), null, 0, 100, Token));
        var delete = await host.OnSchedules(service => service.DeleteAsync(SchedulingHost.Bob, made.Id, Token));
        var run = await host.OnSchedules(service => service.RunAsync(SchedulingHost.Bob, made.Id, Token));
        var explain = await host.OnSchedules(service => service.ExplainAsync(SchedulingHost.Bob, made.Id, host.Now, host.Now, Token));

        SchedulingRefusal[] refusals =
        [
            Assert.IsType<ScheduleResult.Refused>(create).Refusal, Assert.IsType<ScheduleResult.Refused>(nil).Refusal, Assert.IsType<ScheduleResult.Refused>(get).Refusal,
            Assert.IsType<ScheduleResult.Refused>(put).Refusal, Assert.IsType<ScheduleListResult.Refused>(list).Refusal,
            Assert.IsType<ScheduleListResult.Refused>(nobodys).Refusal, Assert.IsType<DeleteResult.Refused>(delete).Refusal,
            Assert.IsType<RunResult.Refused>(run).Refusal, Assert.IsType<ExplainResult.Refused>(explain).Refusal,
        ];
        Assert.All(refusals, refusal => Assert.Equal((403, "FORBIDDEN"), (refusal.Status, refusal.Code)));
        Assert.Equal(made, await host.Schedules.FindAsync(made.Id, Token));
        Assert.Equal(1, (await host.Schedules.ListAsync(new(SchedulingHost.Account, null, 0, 10), Token)).Total);
    }

    [Fact]
    public async Task Unknown_schedule_is_not_found_before_anything_else_is_looked_at()
    {
        await using var host = await SchedulingHost.StartAsync();
        var id = Guid.NewGuid();

        var get = await host.OnSchedules(service => service.FindAsync(SchedulingHost.Ann, id, Token));
        var put = await host.OnSchedules(service => service.UpdateAsync(SchedulingHost.Ann, id, new() { Name = "" }, Token));
        var delete = await host.OnSchedules(service => service.DeleteAsync(SchedulingHost.Ann, id, Token));

        Assert.Equal((404, "JOB_NOT_FOUND"), Status(get));
        Assert.Equal((404, "JOB_NOT_FOUND"), Status(put));
        Assert.Equal(404, Assert.IsType<DeleteResult.Refused>(delete).Refusal.Status);
    }

    [Fact]
    public async Task Refused_create_makes_neither_schedule_nor_account()
    {
        await using var host = await SchedulingHost.StartAsync();

        var refused = await host.OnSchedules(service => service.CreateAsync(
            SchedulingHost.Ann, new() { AccountId = SchedulingHost.Account, Name = " ", Schedule = "60 * * * *", TimeZone = "Mars/Olympus", CatchUpWindow = TimeSpan.Zero }, Token));

        var refusal = Assert.IsType<ScheduleResult.Refused>(refused).Refusal;
        Assert.Equal((400, "VALIDATION_ERROR"), (refusal.Status, refusal.Code));
        Assert.Equal(["name", "schedule", "type", "timezone", "catch_up_window_seconds"], refusal.Problems.Select(problem => problem.Field));
        Assert.All(refusal.Problems, problem => Assert.Contains($"{problem.Field} {problem.Message}", refusal.Message, StringComparison.Ordinal));
        var accounts = await host.UseAsync<AccountService, AccountListResult>(service => service.ListAsync(SchedulingHost.Ann, 0, 10, Token));
        Assert.Equal(0, Assert.IsType<AccountListResult.Listed>(accounts).Page.Total);
    }

    [Fact]
    public async Task Cron_expression_that_alone_is_wrong_has_a_code_of_its_own()
    {
        await using var host = await SchedulingHost.StartAsync();

        var refused = await host.OnSchedules(service => service.CreateAsync(SchedulingHost.Ann, SchedulingHost.Every5Minutes with { Schedule = "0 0 30 2 *" }, Token));

        Assert.Equal((400, "INVALID_CRON_EXPRESSION"), Status(refused));
    }

    [Fact]
    public async Task Update_leaves_what_it_does_not_name()
    {
        await using var host = await SchedulingHost.StartAsync();
        var made = await host.ScheduleAsync(request => request with { MisfirePolicy = MisfirePolicy.FireAll, CatchUpWindow = TimeSpan.FromMinutes(3) });
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        var unchanged = await UpdateAsync(host, made.Id, new());
        var renamed = await UpdateAsync(host, made.Id, new() { Name = "Other" });

        Assert.Equal(made, unchanged);
        Assert.Equal(made with { Name = "Other", UpdatedAt = host.Now }, renamed);
    }

    [Fact]
    public async Task Next_run_is_computed_anew_where_schedule_zone_or_enabled_change()
    {
        await using var host = await SchedulingHost.StartAsync();
        var made = await host.ScheduleAsync(request => request with { Schedule = "0 3 * * *" });
        Assert.Equal("2026-03-03T03:00:00Z", Z(made));

        Assert.Equal("2026-03-03T08:00:00Z", Z(await UpdateAsync(host, made.Id, new() { TimeZone = "America/New_York" })));
        Assert.Equal("2026-03-02T11:00:00Z", Z(await UpdateAsync(host, made.Id, new() { Schedule = "0 6 * * *" })));
        Assert.Equal("2026-03-02T11:00:00Z", Z(await UpdateAsync(host, made.Id, new() { Enabled = false })));
        host.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal("2026-03-03T11:00:00Z", Z(await UpdateAsync(host, made.Id, new() { Enabled = true })));
    }

    [Fact]
    public async Task Disabled_schedule_has_no_next_run_in_the_store_but_shows_when_it_would_run()
    {
        await using var host = await SchedulingHost.StartAsync();
        var made = await host.ScheduleAsync(request => request with { Enabled = false });

        Assert.Null((await host.Schedules.FindAsync(made.Id, Token))!.Recurrence.NextAt);
        Assert.Equal("2026-03-02T08:05:00Z", Z(made));
    }

    [Fact]
    public async Task Enabling_twice_changes_nothing_the_second_time()
    {
        await using var host = await SchedulingHost.StartAsync();
        var made = await host.ScheduleAsync(request => request with { Enabled = false });
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = Done(await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, made.Id, true, Token)));
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = Done(await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, made.Id, true, Token)));

        Assert.True(first.Recurrence.Enabled);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Deleted_schedule_is_gone_with_webhooks_and_executions()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (made, webhook) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        await host.FireAsync(made.Id);
        var execution = (await host.ExecutionsAsync(made.Id)).Single();

        Assert.IsType<DeleteResult.Deleted>(await host.OnSchedules(service => service.DeleteAsync(SchedulingHost.Ann, made.Id, Token)));

        Assert.Equal((404, "JOB_NOT_FOUND"), Status(await host.OnSchedules(service => service.FindAsync(SchedulingHost.Ann, made.Id, Token))));
        Assert.Null(await host.Webhooks.FindAsync(webhook.Id, Token));
        Assert.Null(await host.Executions.FindAsync(execution.Id, Token));
        Assert.IsType<DeleteResult.Refused>(await host.OnSchedules(service => service.DeleteAsync(SchedulingHost.Ann, made.Id, Token)));
    }

    [Theory]
    [InlineData(-1, 100, "skip")]
    [InlineData(0, 0, "limit")]
    [InlineData(0, 1001, "limit")]
    [InlineData(-5, -5, "skip limit")]
    public async Task Page_out_of_bounds_is_refused_by_every_list(int skip, int limit, string fields)
    {
        await using var host = await SchedulingHost.StartAsync();
        var made = await host.ScheduleAsync();

        var schedules = await host.OnSchedules(service => service.ListAsync(SchedulingHost.Ann, SchedulingHost.Account, null, skip, limit, Token));
        var executions = await host.OnExecutions(service => service.ListAsync(SchedulingHost.Ann, made.Id, null, skip, limit, Token));
        var accounts = await host.UseAsync<AccountService, AccountListResult>(service => service.ListAsync(SchedulingHost.Ann, skip, limit, Token));

        SchedulingRefusal[] refusals =
        [
            Assert.IsType<ScheduleListResult.Refused>(schedules).Refusal, Assert.IsType<ExecutionListResult.Refused>(executions).Refusal,
            Assert.IsType<AccountListResult.Refused>(accounts).Refusal,
        ];
        Assert.All(refusals, refusal =>
        {
            Assert.Equal((400, "VALIDATION_ERROR"), (refusal.Status, refusal.Code));
            Assert.Equal(fields.Split(' '), refusal.Problems.Select(problem => problem.Field));
        });
    }

    [Fact]
    public async Task Upcoming_runs_are_told_with_a_sentence_and_the_change_of_the_clocks()
    {
        await using var host = await SchedulingHost.StartAsync();
        var made = await host.ScheduleAsync(request => request with { Schedule = "30 2 * * *", TimeZone = "America/New_York" });

        var told = Assert.IsType<UpcomingResult.Told>(await host.OnSchedules(service => service.ListUpcomingAsync(SchedulingHost.Ann, made.Id, 7, Token))).Runs;

        Assert.Contains("02:30", told.Description, StringComparison.Ordinal);
        Assert.Equal(7, told.Runs.Count);
        Assert.Equal(At("2026-03-03T07:30:00Z"), told.Runs[0].At);
        Assert.Equal(TimeSpan.FromHours(-5), told.Runs[0].At.Offset);
        var shifted = told.Runs.Single(run => run.At.UtcDateTime.Day == 8);
        Assert.Equal(At("2026-03-08T07:00:00Z"), shifted.At);
        Assert.NotNull(shifted.Remark);
    }

    [Theory]
    [InlineData("0 2 * * *", null, 1, true)]
    [InlineData("0 2 * *", null, 1, false)]
    [InlineData(null, "UTC", 1, false)]
    [InlineData("0 2 * * *", "Nowhere", 1, false)]
    [InlineData("0 2 * * *", "UTC", 0, false)]
    [InlineData("0 2 * * *", "UTC", 101, false)]
    public async Task Any_expression_is_described_or_refused(string? schedule, string? zone, int count, bool told)
    {
        await using var host = await SchedulingHost.StartAsync();

        var result = await host.OnSchedules(service => Task.FromResult(service.Describe(schedule, zone, count)));

        Assert.Equal(told, result is UpcomingResult.Told);
    }

    internal static async Task<Schedule> UpdateAsync(SchedulingHost host, Guid id, UpdateSchedule request) =>
        Done(await host.OnSchedules(service => service.UpdateAsync(SchedulingHost.Ann, id, request, Token)));

    internal static Schedule Done(ScheduleResult result) => Assert.IsType<ScheduleResult.Done>(result).Schedule;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Z(Schedule schedule) => schedule.Recurrence.NextAt!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static (int Status, string Code) Status(ScheduleResult result) =>
        (Assert.IsType<ScheduleResult.Refused>(result).Refusal.Status, ((ScheduleResult.Refused)result).Refusal.Code);
}
