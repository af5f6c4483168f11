using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;

namespace Switchyard.Scheduling;

public sealed class SchedulingServiceCollectionExtensionsTests
{
    [Fact]
    public void Adding_twice_only_configures()
    {
        var services = new ServiceCollection();
        services.AddScheduling();
        var once = services.Count;

        services.AddScheduling(options => options.MaxAttempts = 7);

        Assert.Equal(once + 1, services.Count);
        using var provider = services.BuildServiceProvider();
        Assert.Equal(7, provider.GetRequiredService<IOptions<SchedulingOptions>>().Value.MaxAttempts);
    }

    [Fact]
    public async Task Start_without_what_is_needed_names_the_line_to_add()
    {
        using var provider = new ServiceCollection().AddLogging().AddScheduling().Services.BuildServiceProvider();
        var requirements = provider.GetServices<IHostedService>().OfType<SchedulingRequirements>().Single();

        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => requirements.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal("Scheduling needs an IScheduleStore. Add: builder.Services.AddScheduling().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests", missing.Message);
    }

    [Fact]
    public void Deliveries_run_in_slots_of_their_own()
    {
        using var provider = new ServiceCollection().AddScheduling(options => (options.DeliveryConcurrency, options.SlowDeliveryConcurrency) = (33, 7)).Services.BuildServiceProvider();

        var slots = provider.GetServices<JobHandlerRegistration>().ToDictionary(registration => registration.Kind, registration => registration.Slots?.Invoke(provider));

        Assert.Equal(new Dictionary<string, int?> { [SchedulingJobs.Deliver] = 33, [SchedulingJobs.DeliverSlow] = 7, [SchedulingJobs.Lost] = null, [SchedulingJobs.Prune] = null }, slots);
    }

    [Theory]
    [InlineData(nameof(SchedulingOptions.MaxAttempts))]
    [InlineData(nameof(SchedulingOptions.RetryJitter))]
    [InlineData(nameof(SchedulingOptions.Retention))]
    [InlineData(nameof(SchedulingOptions.WorkerId))]
    [InlineData(nameof(SchedulingOptions.UserAgent))]
    [InlineData(nameof(SchedulingOptions.DeliveryConcurrency))]
    public void Options_out_of_bounds_are_refused(string option)
    {
        var services = new ServiceCollection();
        services.AddScheduling(options => Action(option)(options));
        using var provider = services.BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SchedulingOptions>>().Value);

        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }

    private static Action<SchedulingOptions> Action(string option) => option switch
    {
        nameof(SchedulingOptions.MaxAttempts) => options => options.MaxAttempts = 0,
        nameof(SchedulingOptions.RetryJitter) => options => options.RetryJitter = 1.1,
        nameof(SchedulingOptions.Retention) => options => options.Retention = TimeSpan.FromMinutes(1),
        nameof(SchedulingOptions.WorkerId) => options => options.WorkerId = "",
        nameof(SchedulingOptions.UserAgent) => options => options.UserAgent = "a\r\nb",
        _ => options => options.DeliveryConcurrency = 0,
    };
}
