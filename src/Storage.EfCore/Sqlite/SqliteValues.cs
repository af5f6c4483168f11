using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Switchyard.Storage.EfCore.Sqlite;

/// <summary>Turns values into what SQLite stores: ids as lower-case text, instants as microseconds since 1970.</summary>
internal static class SqliteValues
{
    private static readonly ValueConverter<Guid, string> Ids = new(id => id.ToString("D"), text => Guid.Parse(text));
    private static readonly ValueConverter<DateTimeOffset, long> Instants = new(instant => ToMicroseconds(instant), value => ToInstant(value));

    public static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToInstant(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static void Configure(IMutableProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type == typeof(Guid))
        {
            property.SetValueConverter(Ids);
        }
        else if (type == typeof(DateTimeOffset))
        {
            property.SetValueConverter(Instants);
        }
    }

    public static object? ToStored(object? value) => value switch
    {
        Guid id => id.ToString("D"),
        DateTimeOffset instant => ToMicroseconds(instant),
        bool flag => flag ? 1L : 0L,
        _ => value,
    };

    public static string ToJson(IReadOnlyList<string> values) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    });

    public static string ToJson(SqlRows rows) => Write(writer =>
    {
        writer.WriteStartArray();
        for (var row = 0; row < rows.Count; row++)
        {
            writer.WriteStartArray();
            for (var column = 0; column < rows.Columns.Count; column++)
            {
                WriteValue(writer, rows.Value(row, column));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    });

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (ToStored(value))
        {
            case null:
                writer.WriteNullValue();
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case var text:
                writer.WriteStringValue((string)text);
                break;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
