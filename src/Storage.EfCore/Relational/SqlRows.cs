namespace Switchyard.Storage.EfCore;

/// <summary>Represents rows that a statement takes as one parameter of constant shape, whatever their number.</summary>
/// <param name="name">The parameter's name, without a marker.</param>
/// <param name="columns">The columns, whose names are unlike those of the statement's tables.</param>
public sealed class SqlRows(string name, IReadOnlyList<SqlColumn> columns)
{
    private readonly List<object?[]> _rows = [];

    /// <summary>Gets the parameter's name, without a marker.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the columns.</summary>
    public IReadOnlyList<SqlColumn> Columns { get; } = columns;

    /// <summary>Gets the rows; each has one value for each column.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the columns.</exception>
    public void Add(params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != Columns.Count)
        {
            throw new ArgumentException($"A row of '{Name}' has {Columns.Count} values, not {values.Length}.", nameof(values));
        }

        _rows.Add(values);
    }
}

/// <summary>Represents a column of <see cref="SqlRows"/>.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type of its values, any of which may be <see langword="null"/>.</param>
public readonly record struct SqlColumn(string Name, SqlType Type);
