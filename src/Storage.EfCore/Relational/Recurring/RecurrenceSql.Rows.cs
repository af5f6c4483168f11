namespace Switchyard.Storage.EfCore.Recurring;

internal sealed partial class RecurrenceSql
{
    private static readonly SqlColumn[] IdColumns = [new("p_id", SqlType.Id)];

    private static readonly SqlColumn[] KeyColumns = [new("p_id", SqlType.Id), new("p_key", SqlType.Text)];

    private static readonly SqlColumn[] FiringColumns =
        [new("p_id", SqlType.Id), new("p_next", SqlType.Instant), new("p_look", SqlType.Instant), new("p_last", SqlType.Instant)];

    private static readonly SqlColumn[] OccurrenceColumns =
    [
        new("p_id", SqlType.Id), new("p_first", SqlType.Instant), new("p_last", SqlType.Instant), new("p_count", SqlType.BigNumber),
        new("p_outcome", SqlType.Number), new("p_revision", SqlType.BigNumber), new("p_recorded", SqlType.Instant),
    ];

    public static SqlRows Ids() => new("ids", IdColumns);

    public static SqlRows Keys() => new("keys", KeyColumns);

    public static SqlRows Firings() => new("firings", FiringColumns);

    public static SqlRows Occurrences() => new("outcomes", OccurrenceColumns);
}
