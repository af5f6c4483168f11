namespace Switchyard.Storage.EfCore;

/// <summary>Represents rows that a statement takes as one parameter of constant shape, whatever their number.</summary>
/// <param name="name">The parameter's name, without a marker.</param>
/// <param name="columns">The columns, whose names are unlike those of the statement's tables.</param>
public sealed class SqlRows(string name, IReadOnlyList<SqlColumn> columns)
{
    private readonly List<object?[]> _rows = [];
    private Array[]? _arrays;

    /// <summary>Gets the parameter's name, without a marker.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the columns.</summary>
    public IReadOnlyList<SqlColumn> Columns { get; } = columns;

    /// <summary>Gets how many rows there are.</summary>
    public int Count => _arrays is null ? _rows.Count : _arrays[0].Length;

    /// <summary>Gets a value.</summary>
    public object? Value(int row, int column) => _arrays is null ? _rows[row][column] : _arrays[column].GetValue(row);

    /// <summary>Gets the values of a column as they were given, an array of its type; <see langword="null"/> where rows were given.</summary>
    public Array? Values(int column) => _arrays?[column];

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

    /// <summary>Gives all rows at once, an array for each column: nothing is boxed or copied on the way.</summary>
    /// <exception cref="ArgumentException">The number of arrays is not that of the columns, or their lengths differ.</exception>
    public SqlRows Set(params Array[] arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        if (arrays.Length != Columns.Count || Array.Exists(arrays, array => array.Length != arrays[0].Length))
        {
            throw new ArgumentException($"The rows of '{Name}' are {Columns.Count} arrays of one length.", nameof(arrays));
        }

        _arrays = arrays;
        return this;
    }
}

/// <summary>Represents a column of <see cref="SqlRows"/>.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type of its values, any of which may be <see langword="null"/>.</param>
public readonly record struct SqlColumn(string Name, SqlType Type);
