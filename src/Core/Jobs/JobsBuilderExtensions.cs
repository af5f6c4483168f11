using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Jobs;
using Switchyard.Jobs.Running;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds handlers to the durable kernel.</summary>
public static class JobsBuilderExtensions
{
    /// <summary>Adds the handler of a kind, resolved from a scope of its own for every attempt.</summary>
    /// <remarks>Adding the same handler for the same kind again does nothing; another one for that kind stops the start.</remarks>
    /// <typeparam name="THandler">The handler; registered as scoped unless it is registered already.</typeparam>
    /// <typeparam name="TPayload">What the payload's JSON is read as.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="kind">The kind, at most 128 characters. It is stored with every job: renaming it orphans those that wait.</param>
    /// <param name="payload">How the payload is read, from a <c>JsonSerializerContext</c>; without it, by <see cref="JobsOptions.PayloadSerializerOptions"/>.</param>
    /// <param name="slots">
    /// How many handlers of this kind run at once in a process, beside those of all other kinds: for work that mostly waits for
    /// somebody else. 1 to 10,000; without it the kind shares <see cref="JobsOptions.Concurrency"/>.
    /// </param>
    public static IJobsBuilder AddHandler<THandler, TPayload>(this IJobsBuilder builder, string kind, JsonTypeInfo<TPayload>? payload = null, int? slots = null)
        where THandler : class, IJobHandler<TPayload>
    {
        ArgumentNullException.ThrowIfNull(builder);
        var registration = slots is { } own ? JobHandlerRegistration.Create<THandler, TPayload>(kind, _ => own) : JobHandlerRegistration.Create<THandler, TPayload>(kind);
        builder.Services.TryAddScoped<THandler>();
        if (!builder.Services.Any(service => service.ImplementationInstance is JobHandlerRegistration other
            && other.Kind == kind && other.HandlerType == registration.HandlerType && other.PayloadType == registration.PayloadType))
        {
            builder.Services.AddSingleton(registration);
        }

        if (payload is not null)
        {
            builder.Services.AddSingleton(new JobPayloadType(kind, payload));
        }

        return builder;
    }
}
