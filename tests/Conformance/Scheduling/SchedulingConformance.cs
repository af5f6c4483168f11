using System.Text.Json;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Holds what the suites of scheduling share.</summary>
public abstract class SchedulingConformance : IAsyncLifetime
{
    private const string Carrier = "conformance.carrier";
    private ISchedulingStoreFixture? _fixture;

    /// <summary>Makes the stores under test, empty. Called once for each test.</summary>
    protected abstract Task<ISchedulingStoreFixture> CreateAsync();

    private protected ISchedulingStoreFixture Fixture => _fixture ?? throw new InvalidOperationException("The test has not been initialized.");

    private protected IScheduleStore Schedules => Fixture.Schedules;

    private protected IWebhookStore Webhooks => Fixture.Webhooks;

    private protected IExecutionStore Executions => Fixture.Executions;

    private protected DateTimeOffset Now => Fixture.Now;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _fixture = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }
    }

    /// <summary>Compares everything that two values hold, collections too.</summary>
    private protected static void AssertSame<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));

    private protected static Schedule NewSchedule(DateTimeOffset now, Guid? account = null, bool enabled = true) => new()
    {
        AccountId = account ?? Guid.NewGuid(), Name = "Nightly \"é\"", Type = 7, CreatedAt = now, UpdatedAt = now,
        Recurrence = new Recurrence
        {
            Id = Guid.NewGuid(), Kind = Schedule.RecurrenceKind, Expression = "0 2 * * *", TimeZone = "Europe/Berlin", Enabled = enabled,
            MisfirePolicy = MisfirePolicy.FireAll, CatchUpWindow = TimeSpan.FromMinutes(5), OverlapPolicy = OverlapPolicy.Skip, Template = "{}",
            NextAt = enabled ? now.AddHours(1) : null,
        },
    };

    private protected Webhook NewWebhook(Guid schedule, int age = 0) => new()
    {
        Id = Guid.NewGuid(), ScheduleId = schedule, Url = "https://receiver.example/hook?a=é", Method = "POST", SealedHeaders = "sealed \"headers\"",
        QueryParams = """{"a":"1"}""", BodyTemplate = "{{now}}", Timeout = TimeSpan.FromSeconds(7.5), SealedSecret = "sealed",
        CreatedAt = Now.AddSeconds(-age), UpdatedAt = Now,
    };

    private protected async Task<Schedule> CreateScheduleAsync(Guid? account = null, bool enabled = true, int age = 0) =>
        await Schedules.CreateAsync(now => NewSchedule(now, account, enabled) with { CreatedAt = now.AddSeconds(-age) }, Cancellation);

    private protected async Task<Webhook> CreateWebhookAsync(Guid schedule)
    {
        var webhook = NewWebhook(schedule);
        Assert.True(await Webhooks.CreateAsync(webhook, Cancellation));
        return webhook;
    }

    private protected Execution NewExecution(Guid schedule, Guid? webhook = null)
    {
        var root = Guid.NewGuid();
        return new Execution { Id = root, RootId = root, ScheduleId = schedule, WebhookId = webhook, ScheduledAt = Now.AddMinutes(-1), CreatedAt = Now };
    }

    /// <summary>Makes a schedule with a webhook and a queued firing.</summary>
    private protected async Task<(Schedule Schedule, Webhook Webhook, Execution Execution)> CreateFiringAsync(Guid? account = null)
    {
        var schedule = await CreateScheduleAsync(account);
        var webhook = await CreateWebhookAsync(schedule.Id);
        var execution = NewExecution(schedule.Id, webhook.Id);
        await ApplyAsync(new ExecutionQueued(execution));
        return (schedule, webhook, execution);
    }

    private protected Task<Delivery?> BeginAsync(Guid root, int attempt = 1, string worker = "worker-1") =>
        Executions.BeginAsync(new AttemptStart(root, attempt, worker, Now), Cancellation);

    private protected AttemptEnded End(Guid root, ExecutionStatus status, int? attempt = null, DateTimeOffset? retryAt = null) =>
        new() { RootId = root, Attempt = attempt, Status = status, At = Now, RetryAt = retryAt, Error = status == ExecutionStatus.Success ? null : "It said no." };

    /// <summary>Lets a job of the kernel end with effects.</summary>
    private protected Task ApplyAsync(params JobEffect[] effects) => ApplyTogetherAsync(effects);

    /// <summary>Lets jobs of the kernel end in one call, each with effects of its own.</summary>
    private protected async Task ApplyTogetherAsync(params IReadOnlyList<JobEffect>[] effects)
    {
        await Fixture.Kernel.EnqueueAsync([.. effects.Select(_ => new JobRequest { Id = JobId.New(TimeProvider.System), Kind = Carrier, Payload = "{}" })], Cancellation);
        var claimed = await Fixture.Kernel.ClaimAsync(
            new ClaimRequest { Owner = "test", Kinds = [Carrier], MaxJobs = effects.Length, StartAtOnce = effects.Length, Lease = TimeSpan.FromMinutes(5) }, Cancellation);
        var results = await Fixture.Kernel.CompleteAsync(
            [.. claimed.Select((job, index) => new JobCompletion { Lease = job.Lease, State = JobState.Succeeded, Effects = effects[index] })], Cancellation);
        Assert.Equal(effects.Length, results.Count);
        Assert.All(results, result => Assert.Equal(CompletionStatus.Applied, result.Status));
    }

    private protected static JobRequest NewJob() => new() { Id = JobId.New(TimeProvider.System), Kind = SchedulingJobs.Deliver, Payload = "{}" };

    private protected async Task<Execution> GetAsync(Guid id)
    {
        var found = await Executions.FindAsync(id, Cancellation);
        Assert.NotNull(found);
        return found;
    }

    private protected async Task<IReadOnlyList<Execution>> ListAsync(Guid schedule) =>
        (await Executions.ListAsync(new ExecutionQuery { ScheduleId = schedule, Limit = 1000 }, Cancellation)).Items;

    /// <summary>Gets what a tick would fire the schedule for.</summary>
    private protected async Task<IReadOnlyList<Guid>> TargetsAsync(Guid schedule)
    {
        IReadOnlyList<Guid>? targets = null;
        await Schedules.ChangeAsync(schedule, (_, due, _) => { targets = due.Targets; return null; }, Cancellation);
        Assert.NotNull(targets);
        return targets;
    }

    /// <summary>Makes calls that all begin at once.</summary>
    private protected static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call)
    {
        using var gate = new SemaphoreSlim(0, count);
        var calls = Enumerable.Range(0, count).Select(index => Task.Run(async () =>
        {
            await gate.WaitAsync(Cancellation);
            return await call(index);
        })).ToArray();
        gate.Release(count);
        return await Task.WhenAll(calls);
    }
}
