namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Represents a change to the number of ended jobs of a kind and state. Rows are only ever added; the sum is the number.</summary>
/// <remarks>A removal adds a negative row. A row that everybody updated would make every completion wait for every other.</remarks>
internal sealed class JobTallyEntity
{
    public long Id { get; set; }

    public string Kind { get; set; } = "";

    public int State { get; set; }

    public long Count { get; set; }
}
