using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.TestKit;

namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>The API on a real Kestrel on loopback: in-memory stores, blobs on the file system, the callback executor, and <see cref="TokenDouble"/> for the token handler.</summary>
/// <remarks>Partners: acme (tenants acme and acme-west) and other (tenant theirs).</remarks>
internal sealed class IngestApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private IngestApp(WebApplication app, TemporaryFolder folder)
    {
        _app = app;
        _folder = folder;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public ManualTimeProvider Clock => (ManualTimeProvider)Services.GetRequiredService<TimeProvider>();

    public static async Task<IngestApp> StartAsync(
        Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, string environment = "Production", bool disabled = false)
    {
        var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        builder.Services.AddAuthentication().AddScheme<TokenDoubleOptions, TokenDouble>("ingest", options => options.Disabled = disabled);
        AddIngest(builder.Services, folder);
        builder.Services.AddIngestApi();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapIngest();
        map?.Invoke(app);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        return new IngestApp(app, folder);
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

    /// <summary>Counts the jobs that are stored.</summary>
    public async Task<long> CountJobsAsync()
    {
        var jobs = Services.GetRequiredService<IIngestJobStore>();
        return (await jobs.ListAsync(new(["acme", "other"], 0, 1), TestContext.Current.CancellationToken)).Total;
    }

    /// <summary>Counts what is stored: jobs of all partners, their runs, and files.</summary>
    public async Task<(long Jobs, int Runs, int Blobs)> CountAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<IIngestJobStore>();
        var page = await jobs.ListAsync(new(["acme", "other"], 0, 1000), TestContext.Current.CancellationToken);
        var runs = 0;
        foreach (var job in page.Jobs)
        {
            runs += (await jobs.FindAsync(job.Uid, TestContext.Current.CancellationToken))!.Runs.Count;
        }

        var files = Directory.Exists(_folder.Combine("blobs")) ? Directory.GetFiles(_folder.Combine("blobs"), "*", SearchOption.AllDirectories).Length : 0;
        return (page.Total, runs, files);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static void AddIngest(IServiceCollection services, TemporaryFolder folder)
    {
        File.WriteAllText(folder.Combine("partners.yml"), """
            partners:
              - code: acme
                name: Acme Schools
                tenants: [acme, acme-west]
                bundles: [assessments/PSAT_SAT]
                ods:
                  - { tenant: acme, schoolYear: "2526", url: "https://ods.example.org/2526" }
                  - { tenant: acme, schoolYear: "9900", url: "https://ods.example.org/9900" }
              - code: other
                name: Other Schools
                tenants: [theirs]
                bundles: [assessments/PSAT_SAT]
                ods:
                  - { tenant: theirs, schoolYear: "2526", url: "https://ods.example.org/theirs" }
            """);
        services.AddFileSystemBlobs(options =>
        {
            options.Directory = folder.Combine("blobs");
            options.PublicUrl = new Uri("http://host.example/");
            options.SigningKey = RandomNumberGenerator.GetBytes(32);
        });
        services.AddIngest(options =>
        {
            options.UseSample = true;
            options.PartnersFile = folder.Combine("partners.yml");
            options.Executor = "callback";
            options.PublicUrl = new Uri("http://host.example/");
            options.CallbackKey = RandomNumberGenerator.GetBytes(32);
        }).UseInMemory();

        // The kernel's store without its worker: runs stay as the tests leave them.
        new Kernel(services).UseInMemory();
        services.AddSingleton<IJobQueue, StoreQueue>();
    }

    private sealed class StoreQueue(IJobStore store) : IJobQueue
    {
        public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default) =>
            store.EnqueueAsync(requests, cancellationToken);
    }

    private sealed class Kernel(IServiceCollection services) : IJobsBuilder
    {
        public IServiceCollection Services => services;
    }
}
