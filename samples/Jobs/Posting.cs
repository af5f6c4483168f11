namespace JobsSample;

/// <summary>A letter that was posted. Nothing in the table keeps a number from being there twice.</summary>
public sealed class Posting
{
    public int Id { get; set; }

    public required int Number { get; set; }
}
