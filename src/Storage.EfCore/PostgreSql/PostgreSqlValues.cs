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

    /// <remarks>A column without values becomes an empty array: unnest fills the shorter ones up with nulls.</remarks>
    public static Array ToArray(SqlRows rows, int column) => (rows.Values(column), rows.Columns[column].Type) switch
    {
        (DateTimeOffset?[] instants, _) => Trim(Array.ConvertAll(instants, instant => (DateTimeOffset?)ToStored(instant))),
        (string?[] texts, _) => Trim(texts),
        (long?[] numbers, _) => Trim(numbers),
        (Guid?[] ids, _) => Trim(ids),
        ({ } values, _) => values,
        (null, SqlType.Id) => Values<Guid?>(rows, column),
        (null, SqlType.Text) => Values<string>(rows, column),
        (null, SqlType.Number) => Values<int?>(rows, column),
        (null, SqlType.BigNumber) => Values<long?>(rows, column),
        (null, SqlType.Flag) => Values<bool?>(rows, column),
        _ => Values<DateTimeOffset?>(rows, column),
    };

    private static T[] Trim<T>(T[] values) => Array.TrueForAll(values, value => value is null) ? [] : values;

    private static T?[] Values<T>(SqlRows rows, int column)
    {
        var values = new T?[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (T?)ToStored(rows.Value(i, column));
        }

        return values;
    }

    private static DateTimeOffset ToMicroseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
