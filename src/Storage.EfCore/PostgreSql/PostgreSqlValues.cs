using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NpgsqlTypes;

namespace Switchyard.Storage.EfCore.PostgreSql;

/// <summary>Turns values into what Npgsql binds.</summary>
internal static class PostgreSqlValues
{
    // Npgsql writes only instants whose offset is zero, and cuts ticks: so do we, that what is compared is what is stored.
    private static readonly ValueConverter<DateTimeOffset, DateTimeOffset> Instants = new(instant => ToMicroseconds(instant), instant => instant);

    public static void Configure(IMutableProperty property)
    {
        if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(DateTimeOffset))
        {
            property.SetValueConverter(Instants);
        }
    }

    public static NpgsqlDbType TypeOf(SqlType type) => type switch
    {
        SqlType.Id => NpgsqlDbType.Uuid,
        SqlType.Text => NpgsqlDbType.Text,
        SqlType.Number => NpgsqlDbType.Integer,
        SqlType.BigNumber => NpgsqlDbType.Bigint,
        SqlType.Flag => NpgsqlDbType.Boolean,
        SqlType.Instant => NpgsqlDbType.TimestampTz,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown type."),
    };

    public static object? ToStored(object? value) => value is DateTimeOffset instant ? ToMicroseconds(instant) : value;

    public static Array ToArray(SqlRows rows, int column) => rows.Columns[column].Type switch
    {
        SqlType.Id => Values<Guid>(rows, column),
        SqlType.Text => rows.Rows.Select(row => (string?)row[column]).ToArray(),
        SqlType.Number => Values<int>(rows, column),
        SqlType.BigNumber => Values<long>(rows, column),
        SqlType.Flag => Values<bool>(rows, column),
        _ => rows.Rows.Select(row => (DateTimeOffset?)ToStored(row[column])).ToArray(),
    };

    private static T?[] Values<T>(SqlRows rows, int column)
        where T : struct =>
        [.. rows.Rows.Select(row => (T?)row[column])];

    private static DateTimeOffset ToMicroseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
