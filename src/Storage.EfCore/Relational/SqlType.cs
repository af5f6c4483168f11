namespace Switchyard.Storage.EfCore;

/// <summary>Represents the types that parameters of Switchyard's statements have.</summary>
public enum SqlType
{
    /// <summary>A <see cref="Guid"/>.</summary>
    Id = 0,

    /// <summary>A <see cref="string"/>, free of NUL and of lone surrogates.</summary>
    Text = 1,

    /// <summary>An <see cref="int"/>.</summary>
    Number = 2,

    /// <summary>A <see cref="long"/>.</summary>
    BigNumber = 3,

    /// <summary>A <see cref="bool"/>.</summary>
    Flag = 4,

    /// <summary>A <see cref="DateTimeOffset"/>, stored to the microsecond.</summary>
    Instant = 5,
}
