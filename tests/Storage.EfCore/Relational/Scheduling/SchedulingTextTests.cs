using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.PostgreSql.Tests;
using Switchyard.Storage.EfCore.Sqlite.Tests;

namespace Switchyard.Storage.EfCore.Tests.Scheduling;

/// <summary>Texts that no database takes are stored as ones that it does, or refused where they say who somebody is.</summary>
public sealed class SchedulingTextTests : IAsyncLifetime
{
    private const string Hostile = "a\0b\uD800c";
    private const string Clean = "a\uFFFDb\uFFFDc";
    private readonly List<IAsyncDisposable> _disposables = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Texts_that_can_not_be_stored_are_replaced(string database)
    {
        var node = await CreateAsync(database);
        var (schedules, webhooks, executions) = (Get<IScheduleStore>(node), Get<IWebhookStore>(node), Get<IExecutionStore>(node));
        var schedule = await schedules.CreateAsync(
            now => new Schedule
            {
                AccountId = Guid.NewGuid(), Name = Hostile, Type = 1, CreatedAt = now, UpdatedAt = now,
                Recurrence = new Recurrence { Id = Guid.NewGuid(), Kind = Schedule.RecurrenceKind, Expression = "* * * * *" },
            },
            Cancellation);
        var webhook = new Webhook
        {
            Id = Guid.NewGuid(), ScheduleId = schedule.Id, Url = Hostile, Method = Hostile, SealedHeaders = Hostile, QueryParams = Hostile, BodyTemplate = Hostile,
            SealedSecret = Hostile, SealedOldSecret = Hostile, DisabledReason = Hostile, CreatedAt = schedule.CreatedAt, UpdatedAt = schedule.CreatedAt,
        };
        var root = Guid.NewGuid();
        var execution = new Execution
        {
            Id = root, RootId = root, ScheduleId = schedule.Id, WebhookId = webhook.Id, ScheduledAt = schedule.CreatedAt, CreatedAt = schedule.CreatedAt,
        };

        await webhooks.CreateAsync(webhook, Cancellation);
        await executions.AddAsync([execution], [], Cancellation);
        var delivery = await executions.BeginAsync(new AttemptStart(root, 1, Hostile, schedule.CreatedAt), Cancellation);
        await EndAsync(node, new AttemptEnded
        {
            RootId = root, Attempt = 1, Status = ExecutionStatus.Failure, At = schedule.CreatedAt, Error = Hostile + new string('e', 9_000),
            Answer = new DeliveryAnswer(500, Hostile, Hostile + new string('b', 70_000)), DisableWebhook = Hostile,
        });

        Assert.Equal(Clean, schedule.Name);
        var stored = delivery!.Webhook!;
        Assert.All([stored.Url, stored.Method, stored.SealedHeaders, stored.QueryParams, stored.BodyTemplate, stored.SealedSecret, stored.SealedOldSecret, stored.DisabledReason], text => Assert.Equal(Clean, text));
        Assert.Equal(Clean, (await webhooks.FindAsync(webhook.Id, Cancellation))!.Webhook.DisabledReason);
        var ended = (await executions.FindAsync(root, Cancellation))!;
        Assert.Equal((Clean, Clean, 8_192, 65_536), (ended.WorkerId, ended.Answer!.Headers, ended.Error!.Length, ended.Answer.Body!.Length));
        Assert.StartsWith(Clean + "e", ended.Error, StringComparison.Ordinal);
        Assert.StartsWith(Clean + "b", ended.Answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Subject_that_can_not_be_stored_belongs_to_no_account(string database)
    {
        var node = await CreateAsync(database);
        var (accounts, theirs, nobodys) = (Get<IAccountMembership>(node), Guid.NewGuid(), Guid.NewGuid());
        await accounts.JoinAsync(Clean, theirs, DateTimeOffset.UnixEpoch, Cancellation);

        Assert.False(await accounts.JoinAsync(Hostile, theirs, DateTimeOffset.UnixEpoch, Cancellation));
        Assert.False(await accounts.JoinAsync(Hostile, nobodys, DateTimeOffset.UnixEpoch, Cancellation));
        Assert.False(await accounts.IsMemberAsync(Hostile, theirs, Cancellation));
        Assert.Equal(0, (await accounts.ListAsync(Hostile, 0, 10, Cancellation)).Total);
        await Assert.ThrowsAsync<ArgumentException>(() => accounts.CreateAsync(new Account(nobodys, Hostile, "", DateTimeOffset.UnixEpoch), Cancellation));
        Assert.True(await accounts.CreateAsync(new Account(nobodys, Clean, Hostile, DateTimeOffset.UnixEpoch), Cancellation));
        Assert.Equal(["", Clean], (await accounts.ListAsync(Clean, 0, 10, Cancellation)).Items.Select(account => account.Name).Order(StringComparer.Ordinal));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_disposables))
        {
            await one.DisposeAsync();
        }
    }

    private static T Get<T>(TestNode node)
        where T : notnull => node.Provider.GetRequiredService<T>();

    private static async Task EndAsync(TestNode node, AttemptEnded end)
    {
        await node.Jobs.EnqueueAsync([new JobRequest { Id = JobId.New(TimeProvider.System), Kind = "k", Payload = "{}" }], Cancellation);
        var request = new ClaimRequest { Owner = "o", Kinds = ["k"], MaxJobs = 1, StartAtOnce = 1, Lease = TimeSpan.FromMinutes(1) };
        var lease = Assert.Single(await node.Jobs.ClaimAsync(request, Cancellation)).Lease;
        var completion = new JobCompletion { Lease = lease, State = JobState.Succeeded, Effects = [end] };
        Assert.Equal(CompletionStatus.Applied, Assert.Single(await node.Jobs.CompleteAsync([completion], Cancellation)).Status);
    }

    private async Task<TestNode> CreateAsync(string database)
    {
        if (database == "sqlite")
        {
            var (file, node) = await SqliteDatabase.CreateAsync();
            _disposables.AddRange([file, node]);
            return node;
        }

        var (server, other) = await PostgreSqlDatabase.CreateAsync();
        _disposables.AddRange([server, other]);
        return other;
    }
}
