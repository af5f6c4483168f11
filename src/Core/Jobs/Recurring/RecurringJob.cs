namespace Switchyard.Jobs.Recurring;

/// <summary>Represents a recurring job as it is stored.</summary>
/// <param name="Id">The id of its recurrence, made from its name.</param>
/// <param name="Definition">What it is.</param>
/// <param name="Enabled">Whether it fires.</param>
/// <param name="NextAt">The next nominal instant; <see langword="null"/> where it isn't enabled.</param>
/// <param name="LastAt">When it last fired, by the store's clock.</param>
public sealed record RecurringJob(Guid Id, RecurringJobDefinition Definition, bool Enabled, DateTimeOffset? NextAt, DateTimeOffset? LastAt);
