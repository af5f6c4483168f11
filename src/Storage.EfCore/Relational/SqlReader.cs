using System.Data.Common;

namespace Switchyard.Storage.EfCore;

/// <summary>Reads the current row of a statement's result, by ordinal.</summary>
internal sealed class SqlReader(DbDataReader reader, SwitchyardDialect dialect)
{
    public Guid Id(int ordinal) => reader.GetGuid(ordinal);

    public Guid? IdOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetGuid(ordinal);

    public string Text(int ordinal) => reader.GetString(ordinal);

    public string? TextOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    public int Integer(int ordinal) => reader.GetInt32(ordinal);

    public int? IntegerOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt32(ordinal);

    public long Long(int ordinal) => reader.GetInt64(ordinal);

    public long? LongOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);

    public double? DoubleOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDouble(ordinal);

    public bool Flag(int ordinal) => reader.GetBoolean(ordinal);

    public DateTimeOffset Instant(int ordinal) => dialect.ReadInstant(reader, ordinal);

    public DateTimeOffset? InstantOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : dialect.ReadInstant(reader, ordinal);
}
