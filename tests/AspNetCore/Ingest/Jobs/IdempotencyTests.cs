using System.Text;
using Switchyard.AspNetCore.Ingest.Tests.Http;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private IngestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await IngestApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Hundred_concurrent_requests_of_one_key_are_one_job()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CreateAsync("one")));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Single(answers.Select(answer => (string)answer.Json["uid"]!).Distinct());
        Assert.Single(answers.Select(answer => answer.Header("Location")).Distinct());
        Assert.Equal((1L, 0, 0), await _app.CountAsync());
    }

    [Fact]
    public async Task Key_with_another_body_is_422()
    {
        await CreateAsync("one");

        var answer = await CreateAsync("one", Submissions.Body(body => body["files"]!["INPUT_FILE"] = "else.csv"));

        answer.IsError(422, "idempotency_key_reused", "Unprocessable Entity", "The Idempotency-Key was used before with another body.");
        Assert.Equal((1L, 0, 0), await _app.CountAsync());
    }

    [Fact]
    public async Task Key_of_another_client_is_another_key()
    {
        await CreateAsync("one", token: TokenOf.Acme);
        await CreateAsync("one", token: TokenOf.Acme.Replace("client-a", "client-z", StringComparison.Ordinal));

        Assert.Equal((2L, 0, 0), await _app.CountAsync());
    }

    [Fact]
    public async Task Token_that_names_no_client_can_not_use_a_key()
    {
        var answer = await CreateAsync("one", token: TokenOf.NoClient);

        answer.IsError(400, "idempotency_key_without_client", "Bad Request", "Idempotency-Key needs a token that names its client: client_id, azp or sub.");
        Assert.Equal((0L, 0, 0), await _app.CountAsync());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("\u0001")]
    [InlineData("")]
    public async Task Key_that_is_not_visible_ascii_is_400(string key) => IsRefused(await CreateAsync(key));

    [Fact]
    public async Task Key_of_256_characters_is_400_and_of_255_is_good()
    {
        IsRefused(await CreateAsync(new string('k', 256)));
        Assert.Equal(201, (await CreateAsync(new string('k', 255))).Status);
    }

    [Fact]
    public async Task Two_keys_are_400()
    {
        var answer = await _app.SendAsync(
            HttpMethod.Post, "/api/v1/jobs", TokenOf.Acme, Content(Submissions.Body()), ("Idempotency-Key", "one"), ("Idempotency-Key", "one"));

        IsRefused(answer);
        Assert.Equal((0L, 0, 0), await _app.CountAsync());
    }

    private static void IsRefused(Answer answer) => answer.IsError(
        400, "invalid_idempotency_key", "Bad Request", "The Idempotency-Key header must be given once, with 1 to 255 visible ASCII characters.");

    private static ByteArrayContent Content(string body) => IngestApp.Content(Encoding.UTF8.GetBytes(body));

    private Task<Answer> CreateAsync(string key, string? body = null, string token = TokenOf.Acme) =>
        _app.SendAsync(HttpMethod.Post, "/api/v1/jobs", token, Content(body ?? Submissions.Body()), ("Idempotency-Key", key));
}
