using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs;

public sealed partial class AddJobsTests
{
    [Fact]
    public void Second_call_adds_no_service()
    {
        var services = new ServiceCollection();
        services.AddJobs().AddHandler<Handler, int>("kind").UseInMemory();
        var once = services.Select(service => (service.ServiceType, service.Lifetime)).ToArray();

        services.AddJobs().AddHandler<Handler, int>("kind").UseInMemory();

        Assert.Equal(once, services.Select(service => (service.ServiceType, service.Lifetime)));
    }

    [Fact]
    public async Task Host_without_a_store_does_not_start_and_says_which_line_to_add()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddJobs();
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The job kernel has no store. Add one: builder.Services.AddJobs().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests.", thrown.Message);
    }

    [Fact]
    public async Task Host_with_two_handlers_of_one_kind_does_not_start_and_names_them()
    {
        var thrown = await StartAsync<InvalidOperationException>(jobs => jobs.AddHandler<Handler, int>("kind").AddHandler<OtherHandler, int>("kind"));

        Assert.Equal("A kind of job has one handler. Give each AddHandler a kind of its own: 'kind' (Handler, OtherHandler).", thrown.Message);
    }

    [Theory]
    [InlineData("concurrency", "Concurrency")]
    [InlineData("lease", "LeaseDuration")]
    [InlineData("poll", "PollInterval")]
    [InlineData("factor", "Jobs: Retry.The field Factor")]
    [InlineData("order", "Jobs: Retry.FirstDelay may not be longer than Retry.MaxDelay.")]
    [InlineData("name", "WorkerName")]
    [InlineData("claim", "MaxClaim")]
    [InlineData("ahead", "StartAhead")]
    [InlineData("retention", "Jobs: Retention may hold no negative time or number; leave one null to keep jobs for ever.")]
    [InlineData("health", "Jobs: Health.The field DegradedDeadLetters")]
    public async Task Host_with_options_out_of_range_does_not_start(string what, string message)
    {
        var thrown = await StartAsync<OptionsValidationException>(_ => { }, options =>
        {
            options.Concurrency = what == "concurrency" ? 0 : 1;
            options.LeaseDuration = TimeSpan.FromSeconds(what == "lease" ? 0.5 : 30);
            options.PollInterval = TimeSpan.FromSeconds(what == "poll" ? 0 : 1);
            options.Retry.Factor = what == "factor" ? 0.5 : 2;
            options.Retry.FirstDelay = TimeSpan.FromHours(what == "order" ? 2 : 1);
            options.MaxClaim = what == "claim" ? 0 : 1;
            options.StartAhead = TimeSpan.FromMilliseconds(what == "ahead" ? 21 : 20);
            options.Retention = new JobRetention { MaxCount = what == "retention" ? -1 : 0 };
            options.Health.DegradedDeadLetters = what == "health" ? 0 : null;
            options.WorkerName = what == "name" ? new string('w', 129) : null;
        });

        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typed_job_runs_in_a_plain_host_with_the_systems_clock()
    {
        var done = new TaskCompletionSource<string>();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(done);
        builder.Services.AddJobs().AddHandler<GreetingHandler, Greeting>("greet", GreetingContext.Default.Greeting).UseInMemory();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        using var scope = host.Services.CreateScope();
        var result = await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync("greet", new Greeting("Ada"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.Created);
        Assert.Equal("Ada", await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static Task<TException> StartAsync<TException>(Action<IJobsBuilder> jobs, Action<JobsOptions>? configure = null)
        where TException : Exception
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        jobs(builder.Services.AddJobs(configure).UseInMemory());
        var host = builder.Build();
        return Assert.ThrowsAsync<TException>(async () =>
        {
            using (host)
            {
                await host.StartAsync(TestContext.Current.CancellationToken);
            }
        });
    }

    internal sealed record Greeting(string Name);

    [JsonSerializable(typeof(Greeting))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    private sealed partial class GreetingContext : JsonSerializerContext;

    private sealed class GreetingHandler(TaskCompletionSource<string> done) : IJobHandler<Greeting>
    {
        public Task<JobRunResult> RunAsync(Greeting payload, JobContext context, CancellationToken cancellationToken)
        {
            done.SetResult(payload.Name);
            return Task.FromResult(JobRunResult.Succeeded());
        }
    }

    private sealed class Handler : IJobHandler<int>
    {
        public Task<JobRunResult> RunAsync(int payload, JobContext context, CancellationToken cancellationToken) => Task.FromResult(JobRunResult.Succeeded());
    }

    private sealed class OtherHandler : IJobHandler<int>
    {
        public Task<JobRunResult> RunAsync(int payload, JobContext context, CancellationToken cancellationToken) => Task.FromResult(JobRunResult.Succeeded());
    }
}
