using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>The API on a real Kestrel on loopback, with <see cref="TokenDouble"/> for the token handler.</summary>
internal sealed class IngestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IngestApp(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<IngestApp> StartAsync(
        Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, string environment = "Production", bool disabled = false)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Services.AddAuthentication().AddScheme<TokenDoubleOptions, TokenDouble>("ingest", options => options.Disabled = disabled);
        builder.Services.AddIngest(options => options.UseSample = true);
        builder.Services.AddIngestApi();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapIngest();
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new IngestApp(app);
    }

    /// <summary>Sends a request with a JSON body.</summary>
    public Task<Answer> PostAsync(string path, string? json, string? token = TokenOf.Acme, string contentType = "application/json") =>
        SendAsync(HttpMethod.Post, path, token, json is null ? null : Content(Encoding.UTF8.GetBytes(json), contentType));

    public Task<Answer> GetAsync(string path, string? token = TokenOf.Acme) => SendAsync(HttpMethod.Get, path, token, null);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? token, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    public static ByteArrayContent Content(byte[] body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
