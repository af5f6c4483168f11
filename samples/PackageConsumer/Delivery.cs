namespace PackageConsumer;

/// <summary>A row for each time that a parcel was delivered: nothing in the table keeps it from being there twice.</summary>
public sealed class Delivery
{
    public int Id { get; set; }

    public required int Parcel { get; set; }
}
