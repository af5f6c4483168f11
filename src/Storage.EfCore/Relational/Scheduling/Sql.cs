namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Writes parts of statements.</summary>
internal static class Sql
{
    /// <summary>Writes columns as those of an alias.</summary>
    public static string Prefixed(string alias, string columns) => string.Join(", ", columns.Split(", ").Select(column => $"{alias}.{column}"));
}
