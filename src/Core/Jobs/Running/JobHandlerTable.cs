using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Switchyard.Jobs.Running;

/// <summary>Knows the handler of each kind.</summary>
internal sealed class JobHandlerTable
{
    private readonly FrozenDictionary<string, JobInvoker> _invokers;

    /// <summary>Makes the table. Two different handlers of one kind are an error, told with all such kinds at once.</summary>
    public JobHandlerTable(IEnumerable<JobHandlerRegistration> registrations, IEnumerable<JobPayloadType> payloadTypes, JsonSerializerOptions options)
    {
        var byKind = registrations.GroupBy(registration => registration.Kind, StringComparer.Ordinal).ToArray();
        var twice = byKind
            .Where(kind => kind.DistinctBy(registration => (registration.HandlerType, registration.PayloadType)).Count() > 1)
            .Select(kind => $"'{kind.Key}' ({string.Join(", ", kind.Select(registration => registration.HandlerType.Name))})")
            .ToArray();
        if (twice.Length > 0)
        {
            throw new InvalidOperationException($"A kind of job has one handler. Give each AddHandler a kind of its own: {string.Join("; ", twice)}.");
        }

        var types = payloadTypes.GroupBy(type => type.Kind, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Type, StringComparer.Ordinal);
        _invokers = byKind.Select(kind => kind.First()).ToFrozenDictionary(
            registration => registration.Kind,
            registration => JobInvoker.Create(registration, types.GetValueOrDefault(registration.Kind) ?? TypeOf(registration.PayloadType, options)),
            StringComparer.Ordinal);
    }

    private JobHandlerTable(FrozenDictionary<string, JobInvoker> invokers) => _invokers = invokers;

    public IReadOnlyList<string> Kinds => _invokers.Keys;

    public bool TryGet(string kind, [NotNullWhen(true)] out JobInvoker? invoker) => _invokers.TryGetValue(kind, out invoker);

    /// <summary>Gets the table of some of the kinds.</summary>
    public JobHandlerTable Only(Func<string, bool> kinds) => new(_invokers.Where(invoker => kinds(invoker.Key)).ToFrozenDictionary(StringComparer.Ordinal));

    private static JsonTypeInfo TypeOf(Type payload, JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options.GetTypeInfo(payload);
    }
}
