using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Secrets;

namespace Switchyard.AspNetCore.Scheduling.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void Adding_twice_adds_once()
    {
        var services = new ServiceCollection();
        services.AddSchedulingApi();
        var before = Ours(services);

        services.AddSchedulingApi(options => options.HealthLifetime = TimeSpan.FromSeconds(2));

        Assert.Equal(before, Ours(services));
        Assert.Equal(TimeSpan.FromSeconds(2), services.BuildServiceProvider().GetRequiredService<Microsoft.Extensions.Options.IOptions<SchedulingApiOptions>>().Value.HealthLifetime);
    }

    [Fact]
    public void A_protector_of_secrets_that_is_there_stays()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ISecretProtector, Mine>();

        services.AddSchedulingApi();

        Assert.Equal(typeof(Mine), Assert.Single(services, service => service.ServiceType == typeof(ISecretProtector)).ImplementationType);
    }

    [Fact]
    public void Mapping_tells_the_line_that_is_missing()
    {
        Assert.EndsWith("Add: builder.Services.AddScheduling();", Missing(_ => { }), StringComparison.Ordinal);
        Assert.EndsWith("Add: builder.Services.AddSchedulingApi();", Missing(services => services.AddScheduling()), StringComparison.Ordinal);
        Assert.EndsWith("Add: builder.Services.AddAuthentication().AddSwitchyardTokens(\"scheduler\");", Missing(services =>
        {
            services.AddScheduling();
            services.AddSchedulingApi();
        }), StringComparison.Ordinal);
    }

    // What the framework adds along is its own matter.
    private static string[] Ours(ServiceCollection services) =>
        [.. services.Select(service => service.ImplementationType).Where(type => type?.Assembly == typeof(SchedulingApiOptions).Assembly).Select(type => type!.FullName!)];

    private static string Missing(Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        add(builder.Services);
        using var app = (IDisposable)builder.Build();
        return Assert.Throws<InvalidOperationException>(() => ((WebApplication)app).MapScheduling()).Message;
    }

    private sealed class Mine : ISecretProtector
    {
        public string Protect(string purpose, string secret) => secret;

        public string Unprotect(string purpose, string sealedSecret) => sealedSecret;
    }
}
