namespace PackageConsumer;

/// <summary>A row of the app's own.</summary>
public sealed class Order
{
    public int Id { get; set; }

    public required string Item { get; set; }

    public bool Shipped { get; set; }
}
