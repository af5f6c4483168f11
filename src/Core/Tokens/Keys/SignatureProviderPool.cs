using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace Switchyard.Tokens.Keys;

/// <summary>Keeps signature providers of one key and algorithm, each in the hands of one thread at a time.</summary>
/// <remarks>
/// The library's own cache shares one provider among all threads behind a lock, so that two threads verify less than one.
/// What is left over is not disposed but left to the garbage collector: a key set can be dropped while its keys are in use.
/// </remarks>
internal sealed class SignatureProviderPool(Func<SecurityKey> createKey, string algorithm)
{
    private static readonly CryptoProviderFactory Factory = new() { CacheSignatureProviders = false };
    private static readonly int Limit = Environment.ProcessorCount * 2;
    private readonly ConcurrentQueue<SignatureProvider> _idle = new();

    public SignatureProvider Rent() =>
        _idle.TryDequeue(out var provider) ? provider : Factory.CreateForVerifying(createKey(), algorithm);

    public void Return(SignatureProvider provider)
    {
        if (_idle.Count < Limit)
        {
            _idle.Enqueue(provider);
            return;
        }

        Factory.ReleaseSignatureProvider(provider);
    }
}
