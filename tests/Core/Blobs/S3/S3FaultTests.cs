using Switchyard.TestKit.S3;

namespace Switchyard.Blobs.S3.Tests;

/// <summary>What S3 may do to us: never a wrong answer, never an object that passes for absent.</summary>
public sealed class S3FaultTests : IAsyncLifetime
{
    private S3Blobs _blobs = null!;
    private BlobInfo _looked = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<S3Fault> ServerFaults { get; } =
    [
        S3Fault.AccessDenied, S3Fault.NoSuchBucket, S3Fault.InternalError, S3Fault.SlowDown, S3Fault.TimeTooSkewed, S3Fault.DropConnection,
    ];

    public async ValueTask InitializeAsync()
    {
        _blobs = await S3Blobs.StartAsync();
        _looked = await _blobs.Store.WriteAsync("in/object", new MemoryStream([1, 2, 3]), Token);
    }

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();

    [Theory]
    [MemberData(nameof(ServerFaults))]
    public async Task Fault_of_the_store_is_an_unavailable_store(S3Fault fault)
    {
        _blobs.Server.Intercept = _ => fault;

        // An answer to HEAD has no body, so an absent bucket can't be told from an absent object there.
        if (fault != S3Fault.NoSuchBucket)
        {
            await UnavailableAsync(() => _blobs.Store.FindAsync("in/object", Token));
        }

        await UnavailableAsync(() => _blobs.Store.OpenReadAsync("in/object", Token));
        await UnavailableAsync(() => _blobs.Store.WriteAsync("other", new MemoryStream([1]), Token));
        await UnavailableAsync(() => _blobs.Store.FreezeAsync(_looked, "frozen", Token));
        await UnavailableAsync(() => _blobs.Store.DeleteAsync("in/object", Token));
        await UnavailableAsync(async () => await _blobs.Store.ListAsync("", Token).GetAsyncEnumerator(Token).MoveNextAsync());
        Assert.Equal(["in/object"], _blobs.Server.Objects.Keys);
    }

    [Fact]
    public async Task Missing_key_is_null_and_no_failure()
    {
        _blobs.Server.Intercept = _ => S3Fault.NoSuchKey;

        Assert.Null(await _blobs.Store.FindAsync("in/object", Token));
        Assert.Null(await _blobs.Store.OpenReadAsync("in/object", Token));
        Assert.Null(await _blobs.Store.FreezeAsync(_looked, "frozen", Token));
        await _blobs.Store.DeleteAsync("in/object", Token);
    }

    [Theory]
    [InlineData(S3Fault.ErrorInOkBody)]
    [InlineData(S3Fault.Nonsense)]
    public async Task Copy_that_fails_after_its_200_is_no_copy(S3Fault fault)
    {
        _blobs.Server.Intercept = call => call.Operation == "CopyObject" ? fault : null;

        await UnavailableAsync(() => _blobs.Store.FreezeAsync(_looked, "frozen", Token));

        Assert.Equal(["in/object"], _blobs.Server.Objects.Keys);
    }

    [Fact]
    public async Task List_that_makes_no_sense_is_an_unavailable_store()
    {
        _blobs.Server.Intercept = _ => S3Fault.Nonsense;

        await UnavailableAsync(async () => await _blobs.Store.ListAsync("", Token).GetAsyncEnumerator(Token).MoveNextAsync());
    }

    [Fact]
    public async Task Object_deleted_between_look_and_copy_is_not_frozen()
    {
        _blobs.Server.Intercept = call =>
        {
            _ = call.Operation == "CopyObject" && _blobs.Server.Objects.TryRemove("in/object", out _);
            return null;
        };

        Assert.Null(await _blobs.Store.FreezeAsync(_looked, "frozen", Token));
        Assert.Empty(_blobs.Server.Objects);
    }

    [Fact]
    public async Task Object_replaced_between_look_and_copy_is_not_frozen()
    {
        _blobs.Server.Intercept = call =>
        {
            if (call.Operation == "CopyObject")
            {
                _blobs.Server.Objects["in/object"] = new S3Object([9, 9, 9]);
            }

            return null;
        };

        Assert.Null(await _blobs.Store.FreezeAsync(_looked, "frozen", Token));
        Assert.Equal(["in/object"], _blobs.Server.Objects.Keys);
    }

    [Fact]
    public async Task Copy_that_shows_as_another_object_afterwards_is_an_unavailable_store()
    {
        _blobs.Server.Intercept = call =>
        {
            if (call is { Operation: "HeadObject", Key: "frozen" })
            {
                _blobs.Server.Objects["frozen"] = new S3Object([9]);
            }

            return null;
        };

        await UnavailableAsync(() => _blobs.Store.FreezeAsync(_looked, "frozen", Token));
    }

    [Fact]
    public async Task Download_that_breaks_off_is_an_unavailable_store_and_never_a_short_file()
    {
        _blobs.Server.Intercept = _ => S3Fault.TruncatedBody;

        await UnavailableAsync(async () =>
        {
            await using var stream = (await _blobs.Store.OpenReadAsync("in/object", Token))!;
            await stream.CopyToAsync(Stream.Null, Token);
        });
        await UnavailableAsync(async () =>
        {
            await using var stream = (await _blobs.Store.OpenReadAsync("in/object", Token))!;
            using var reader = new StreamReader(stream);
            _ = reader.ReadToEnd();
        });
    }

    [Fact]
    public async Task Store_that_does_not_answer_is_given_up_after_the_time_limit()
    {
        await using var blobs = await S3Blobs.StartAsync(o => o.RequestTimeout = o.TransferTimeout = TimeSpan.FromMilliseconds(200));
        blobs.Server.Intercept = _ => S3Fault.Hang;

        await UnavailableAsync(() => blobs.Store.FindAsync("in/object", Token));
        await UnavailableAsync(() => blobs.Store.FreezeAsync(_looked, "frozen", Token));
    }

    [Fact]
    public async Task Caller_that_gives_up_sees_its_own_cancellation()
    {
        using var source = new CancellationTokenSource();
        _blobs.Server.Intercept = _ =>
        {
            source.Cancel();
            return S3Fault.Hang;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _blobs.Store.FindAsync("in/object", source.Token));
    }

    [Fact]
    public async Task Passing_fault_is_retried_as_often_as_allowed()
    {
        await using var blobs = await S3Blobs.StartAsync(o => o.MaxRetries = 1);
        blobs.Server.Objects["in/object"] = new S3Object([1, 2, 3]);
        var faults = new Queue<S3Fault>([S3Fault.SlowDown]);
        blobs.Server.Intercept = _ => faults.TryDequeue(out var fault) ? fault : null;

        Assert.Equal(_looked, await blobs.Store.FindAsync("in/object", Token));
        Assert.Equal(2, blobs.Server.Calls.Count);
    }

    [Fact]
    public async Task Failure_names_operation_status_and_code_and_nothing_secret()
    {
        _blobs.Server.Intercept = _ => S3Fault.SlowDown;

        var failure = await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => _blobs.Store.OpenReadAsync("in/object", Token));

        Assert.Equal("S3 answered GetObject with 503 SlowDown.", failure.Message);
        Assert.DoesNotContain(S3Server.Credentials.SecretKey, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Signature=", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_secret_is_an_unavailable_store()
    {
        await using var blobs = await S3Blobs.StartAsync(o => o.SecretKey = "another");

        await UnavailableAsync(() => blobs.Store.FindAsync("in/object", Token));
        await UnavailableAsync(() => blobs.Store.WriteAsync("in/object", new MemoryStream([1]), Token));
        Assert.Empty(blobs.Server.Objects);
    }

    [Fact]
    public async Task Object_larger_than_one_copy_takes_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => _blobs.Store.FreezeAsync(_looked with { Size = (5L * 1024 * 1024 * 1024) + 1 }, "frozen", Token));
    }

    [Fact]
    public async Task Foreign_keys_in_the_bucket_are_not_listed()
    {
        _blobs.Server.Objects["a folder/"] = new S3Object([]);
        _blobs.Server.Objects["über"] = new S3Object([1]);
        var keys = new List<string>();

        await foreach (var blob in _blobs.Store.ListAsync("", Token))
        {
            keys.Add(blob.Key);
        }

        Assert.Equal(["in/object"], keys);
    }

    private static Task<BlobStoreUnavailableException> UnavailableAsync(Func<Task> call) => Assert.ThrowsAsync<BlobStoreUnavailableException>(call);
}
