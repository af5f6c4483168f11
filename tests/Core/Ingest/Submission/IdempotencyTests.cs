namespace Switchyard.Ingest.Submission;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task The_same_key_and_body_give_the_same_job_with_urls_signed_afresh()
    {
        await using var host = await IngestHost.StartAsync();

        var first = Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat("k")));
        var again = Assert.IsType<SubmitResult.Repeated>(await host.SubmitAsync(IngestHost.Sat("k") with
        {
            Params = new Dictionary<string, ParamValue> { ["API_YEAR"] = ParamValue.Null, ["TEST_TYPE"] = ParamValue.Of("SAT") },
            Files = new Dictionary<string, string> { ["INPUT_FILE"] = " sat_results.csv" },
        }));

        Assert.Equal(first.Job.Uid, again.Job.Uid);
        Assert.Equal(first.UploadUrls["INPUT_FILE"].AbsolutePath, again.UploadUrls["INPUT_FILE"].AbsolutePath);
        Assert.NotEqual(first.UploadUrls["INPUT_FILE"], again.UploadUrls["INPUT_FILE"]);
    }

    [Fact]
    public async Task Another_body_is_422_and_another_client_or_a_day_later_is_another_job()
    {
        await using var host = await IngestHost.StartAsync();
        var first = Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat("k")));

        var conflict = Assert.IsType<SubmitResult.Refused>(await host.SubmitAsync(IngestHost.Sat("k") with { Files = new Dictionary<string, string> { ["INPUT_FILE"] = "b.csv" } }));
        var other = Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat("k"), IngestHost.Caller("partner:acme", "client-2")));
        host.Clock.Advance(TimeSpan.FromHours(24));
        var still = Assert.IsType<SubmitResult.Repeated>(await host.SubmitAsync(IngestHost.Sat("k")));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat("k")));

        Assert.Equal(new IngestRefusal(422, "idempotency_key_reused", "The Idempotency-Key was used before with another body."), conflict.Refusal);
        Assert.Equal(first.Job.Uid, still.Job.Uid);
        Assert.Equal(3, new[] { first.Job.Uid, other.Job.Uid, later.Job.Uid }.Distinct().Count());
    }

    [Theory]
    [InlineData("", "invalid_idempotency_key")]
    [InlineData("  ", "invalid_idempotency_key")]
    [InlineData("a\0", "invalid_idempotency_key")]
    [InlineData("ключ", "invalid_idempotency_key")]
    public async Task A_key_that_is_none_is_refused(string key, string code)
    {
        await using var host = await IngestHost.StartAsync();

        Assert.Equal(code, (await host.RefusalAsync(IngestHost.Sat(key))).Code);
        Assert.Equal(code, (await host.RefusalAsync(IngestHost.Sat(new string('k', 256)))).Code);
    }

    [Fact]
    public async Task A_key_without_a_client_is_refused_and_without_a_key_none_is_needed()
    {
        await using var host = await IngestHost.StartAsync();
        var nobody = IngestHost.Caller("partner:acme", clientId: null);

        Assert.Equal((400, "idempotency_key_without_client"), ((await host.RefusalAsync(IngestHost.Sat("k"), nobody)).Status, (await host.RefusalAsync(IngestHost.Sat("k"), nobody)).Code));
        Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat(), nobody));
    }

    [Fact]
    public async Task A_hundred_at_once_make_one_job()
    {
        await using var host = await IngestHost.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => host.SubmitAsync(IngestHost.Sat("k")))));

        var created = Assert.Single(results.OfType<SubmitResult.Accepted>());
        Assert.All(results.OfType<SubmitResult.Repeated>(), repeated => Assert.Equal(created.Job.Uid, repeated.Job.Uid));
        Assert.Equal(1, (await host.Jobs.ListAsync(new(["acme"], 0, 10), TestContext.Current.CancellationToken)).Total);
    }
}
