using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore.Ingest.Tests.Http;

namespace Switchyard.AspNetCore.Ingest.Tests.Shared;

public sealed class StartupTests
{
    [Fact]
    public async Task Endpoint_that_states_no_authorization_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => IngestApp.StartAsync(map: routes => routes.MapGet("/anywhere", () => "hello")));

        Assert.Equal(
            "These endpoints do not state who may call them: HTTP: GET /anywhere. Add .RequireAuthorization(...) or .AllowAnonymous() to each.",
            failure.Message);
    }

    [Fact]
    public async Task Endpoints_that_state_authorization_start()
    {
        await using var app = await IngestApp.StartAsync(map: routes =>
        {
            routes.MapGet("/anyone", () => "hello").AllowAnonymous();
            routes.MapGet("/someone", () => "hello").RequireAuthorization(policy => policy.AddAuthenticationSchemes("ingest").RequireAuthenticatedUser());
        });

        var answers = (await app.GetAsync("/anyone", token: null), await app.GetAsync("/someone", token: null));

        Assert.Equal((200, 401), (answers.Item1.Status, answers.Item2.Status));
    }

    [Fact]
    public async Task Mapping_without_ingest_names_the_line_to_add()
    {
        await using var app = Build(services => services.AddIngestApi());

        var failure = Assert.Throws<InvalidOperationException>(() => app.MapIngest());

        Assert.Equal("MapIngest needs a registration that is missing. Add: builder.Services.AddIngest();", failure.Message);
    }

    [Fact]
    public async Task Mapping_without_the_api_names_the_line_to_add()
    {
        await using var app = Build(services => services.AddIngest());

        var failure = Assert.Throws<InvalidOperationException>(() => app.MapIngest());

        Assert.Equal("MapIngest needs a registration that is missing. Add: builder.Services.AddIngestApi();", failure.Message);
    }

    [Fact]
    public async Task Mapping_without_the_authentication_scheme_names_the_line_to_add()
    {
        await using var app = Build(services =>
        {
            services.AddIngest();
            services.AddIngestApi(options => options.AuthenticationScheme = "external");
        });

        var failure = Assert.Throws<InvalidOperationException>(() => app.MapIngest());

        Assert.Equal(
            "MapIngest needs the authentication scheme 'external', which is not registered. "
            + "Add: builder.Services.AddAuthentication().AddSwitchyardTokens(\"external\");",
            failure.Message);
    }

    [Fact]
    public async Task Empty_scheme_is_refused()
    {
        await using var app = Build(services =>
        {
            services.AddIngest();
            services.AddIngestApi(options => options.AuthenticationScheme = "");
        });

        var failure = Assert.Throws<OptionsValidationException>(() => app.MapIngest());

        Assert.Contains("AuthenticationScheme", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_twice_registers_nothing_twice()
    {
        var once = new ServiceCollection();
        once.AddIngestApi();
        var twice = new ServiceCollection();
        twice.AddIngestApi();
        twice.AddIngestApi();

        // ValidateOnStart, AddOptions and the framework's own calls count among them.
        Assert.Equal(OurTypes(once), OurTypes(twice));
    }

    private static string[] OurTypes(IServiceCollection services) =>
        [.. services
            .Where(service => (service.ImplementationType ?? service.ServiceType).Namespace?.StartsWith("Switchyard", StringComparison.Ordinal) == true)
            .Select(service => $"{service.ServiceType} {service.ImplementationType}")
            .Order(StringComparer.Ordinal)];

    private static WebApplication Build(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        configure(builder.Services);
        return builder.Build();
    }
}
