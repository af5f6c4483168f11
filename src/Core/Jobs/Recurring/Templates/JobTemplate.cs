using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Jobs.Recurring.Templates;

/// <summary>Represents what a recurrence of the kind <see cref="Kind"/> enqueues, as its template stores it.</summary>
internal sealed record JobTemplate(string Name, string JobKind, string Payload, int Priority, int MaxAttempts, long? TimeoutTicks)
{
    /// <summary>The kind of a recurring job's recurrence.</summary>
    public const string Kind = "job";

    private static readonly Guid Names = new("6a1f6a35-9c0e-5f57-8f0b-6b6f0e0d3c11");

    /// <summary>Gets the id of the recurrence of a name, the same on every node.</summary>
    public static Guid IdOf(string name) => OccurrenceId.Of(Names, name);

    public static JobTemplate Of(RecurringJobDefinition definition) =>
        new(definition.Name, definition.Kind, definition.Payload, definition.Priority, definition.MaxAttempts, definition.Timeout?.Ticks);

    /// <summary>Reads the template of a recurrence.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JobTemplate Read(Recurrence recurrence) =>
        JsonSerializer.Deserialize(recurrence.Template ?? "null", JobTemplateJson.Default.JobTemplate) ?? throw new JsonException("The recurrence has no template.");

    public string Write() => JsonSerializer.Serialize(this, JobTemplateJson.Default.JobTemplate);

    /// <summary>Makes the job of one occurrence.</summary>
    public JobRequest ToRequest(JobId id, Recurrence recurrence) => new()
    {
        Id = id,
        Kind = JobKind,
        Payload = Payload,
        Priority = Priority,
        MaxAttempts = MaxAttempts,
        Timeout = TimeoutTicks is { } ticks ? TimeSpan.FromTicks(ticks) : null,
        ConcurrencyKey = recurrence.OverlapPolicy == OverlapPolicy.Allow ? null : DueRecurrence.ConcurrencyKeyOf(recurrence.Id),
    };
}

/// <summary>Writes templates.</summary>
[JsonSerializable(typeof(JobTemplate))]
internal sealed partial class JobTemplateJson : JsonSerializerContext;
