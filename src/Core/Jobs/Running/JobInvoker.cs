using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Jobs.Running;

/// <summary>Runs the handler of one kind on a payload's text.</summary>
internal abstract class JobInvoker
{
    public abstract Task<JobRunResult> InvokeAsync(IServiceProvider services, ClaimedJob job, JobContext context, CancellationToken cancellationToken);

    /// <summary>Makes the invoker of a registration; reflection happens here, once for each kind, and not in a run.</summary>
    public static JobInvoker Create(JobHandlerRegistration registration, JsonTypeInfo payload) =>
        (JobInvoker)Activator.CreateInstance(typeof(JobInvoker<>).MakeGenericType(registration.PayloadType), registration, payload)!;
}

/// <summary>Runs a handler of <typeparamref name="TPayload"/>.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by JobInvoker.Create.")]
internal sealed class JobInvoker<TPayload>(JobHandlerRegistration registration, JsonTypeInfo payloadType) : JobInvoker
{
    private readonly JsonTypeInfo<TPayload> _payloadType = (JsonTypeInfo<TPayload>)payloadType;

    public override Task<JobRunResult> InvokeAsync(IServiceProvider services, ClaimedJob job, JobContext context, CancellationToken cancellationToken)
    {
        if (!TryRead(job.Payload, out var payload, out var error))
        {
            return Task.FromResult(JobRunResult.Failed(error));
        }

        var handler = (IJobHandler<TPayload>)services.GetRequiredService(registration.HandlerType);
        return handler.RunAsync(payload, context, cancellationToken);
    }

    private bool TryRead(string text, [NotNullWhen(true)] out TPayload? payload, [NotNullWhen(false)] out string? error)
    {
        payload = default;
        try
        {
            payload = JsonSerializer.Deserialize(text, _payloadType);
            error = payload is null ? $"The payload of kind '{registration.Kind}' is null; {typeof(TPayload).Name} is expected." : null;
        }
        catch (JsonException wrong)
        {
            // The path names the field; the message may quote the payload.
            error = $"The payload of kind '{registration.Kind}' can't be read as {typeof(TPayload).Name}, at {wrong.Path ?? "$"}.";
        }
        catch (NotSupportedException)
        {
            error = $"The payload of kind '{registration.Kind}' can't be read as {typeof(TPayload).Name}, which JSON can't be turned into.";
        }

        return error is null;
    }
}
