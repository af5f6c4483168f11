namespace Switchyard.Jobs.Recurring;

/// <summary>Represents what one look at the due recurrences came to.</summary>
/// <param name="Taken">How many were taken.</param>
/// <param name="Fired">How many occurrences fired.</param>
/// <param name="Now">The store's clock.</param>
/// <param name="NextAt">When the next one that isn't due yet will be; <see langword="null"/> where there is none, or as many were taken as were asked for.</param>
public sealed record RecurrenceTick(int Taken, int Fired, DateTimeOffset Now, DateTimeOffset? NextAt);

/// <summary>Represents how far behind the firing is.</summary>
/// <param name="Due">How many recurrences are due, counted to 10,000 at the most.</param>
/// <param name="OldestAt">Since when the longest due one is; <see langword="null"/> where none is.</param>
/// <param name="Now">The store's clock.</param>
public sealed record RecurrenceBacklog(int Due, DateTimeOffset? OldestAt, DateTimeOffset Now);
