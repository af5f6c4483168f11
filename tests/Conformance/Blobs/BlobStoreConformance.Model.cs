using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Blobs;
using Xunit;

namespace Switchyard.Conformance.Blobs;

public abstract partial class BlobStoreConformance
{
    private const int Histories = 30;
    private static readonly string[] ModelKeys = ["a", "a/b", "A", "frozen/x"];

    /// <summary>Behaves over any history of writes, deletes, looks and freezes as a map of keys to contents does.</summary>
    [Fact]
    public void Any_history_of_calls_is_that_of_a_map()
    {
        var step = from verb in Gen.Frequency((4, Gen.Constant(Verb.Write)), (1, Gen.Constant(Verb.Delete)), (3, Gen.Constant(Verb.Look)), (3, Gen.Constant(Verb.Freeze)))
                   from key in Gen.Elements(ModelKeys)
                   from other in Gen.Elements(ModelKeys)
                   where key != other
                   select new Step(verb, key, other);
        var number = 0;
        var (frozen, refused) = (0, 0);

        var property = Prop.ForAll(Gen.NonEmptyListOf(step).ToArbitrary(), steps =>
        {
            var history = new History(Store, string.Create(CultureInfo.InvariantCulture, $"case{number++}/"), Token);
            Task.Run(() => history.RunAsync(steps), Token).GetAwaiter().GetResult();
            frozen += history.Frozen;
            refused += history.Refused;
            return true;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Histories), property);

        Assert.True(frozen > Histories / 4 && refused > Histories / 4, $"Too few freezes to tell anything: {frozen} done, {refused} refused.");
    }

    private enum Verb
    {
        Write,
        Delete,
        Look,
        Freeze,
    }

    private sealed record Step(Verb Verb, string Key, string Other);

    private sealed class History(IBlobStore store, string prefix, CancellationToken token)
    {
        private readonly Dictionary<string, (BlobInfo Blob, byte[] Bytes)> _map = [];
        private readonly Dictionary<string, BlobInfo> _looked = [];

        public int Frozen { get; private set; }

        public int Refused { get; private set; }

        public async Task RunAsync(IEnumerable<Step> steps)
        {
            foreach (var step in steps)
            {
                await RunAsync(step.Verb, prefix + step.Key, prefix + step.Other);
            }

            var listed = new List<BlobInfo>();
            await foreach (var blob in store.ListAsync(prefix, token))
            {
                listed.Add(blob);
            }

            Assert.Equal(_map.Values.Select(entry => entry.Blob).OrderBy(blob => blob.Key, StringComparer.Ordinal), listed);
            foreach (var (blob, bytes) in _map.Values)
            {
                await using var stream = (await store.OpenReadAsync(blob.Key, token))!;
                Assert.Equal(bytes, await DrainAsync(stream));
            }
        }

        private async Task RunAsync(Verb verb, string key, string other)
        {
            switch (verb)
            {
                case Verb.Write:
                    var bytes = Bytes(20);
                    _map[key] = (await store.WriteAsync(key, new MemoryStream(bytes), token), bytes);
                    break;
                case Verb.Delete:
                    await store.DeleteAsync(key, token);
                    _map.Remove(key);
                    break;
                case Verb.Look:
                    var found = await store.FindAsync(key, token);
                    Assert.Equal(_map.GetValueOrDefault(key).Blob, found);
                    _looked[key] = found ?? _looked.GetValueOrDefault(key, new BlobInfo(key, 20, "0"));
                    break;
                default:
                    await FreezeAsync(key, other);
                    break;
            }
        }

        private async Task FreezeAsync(string key, string other)
        {
            if (!_looked.TryGetValue(key, out var looked))
            {
                return;
            }

            var expected = _map.TryGetValue(key, out var current) && current.Blob.Version == looked.Version;
            var frozen = await store.FreezeAsync(looked, other, token);
            Assert.Equal(expected, frozen is not null);
            if (frozen is null)
            {
                Refused++;
                return;
            }

            Assert.Equal((other, looked.Size), (frozen.Key, frozen.Size));
            _map[other] = (frozen, current.Bytes);
            Frozen++;
        }
    }
}
