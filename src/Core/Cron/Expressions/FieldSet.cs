using System.Numerics;

namespace Switchyard.Cron.Expressions;

/// <summary>Represents the values of one field, and the two things about its spelling that change what it means.</summary>
/// <param name="Values">One bit per value, Sunday being 0.</param>
/// <param name="BeginsWithStar">Whether the field leaves days open, so that the other field of days decides alone.</param>
/// <param name="IsInterval">Whether it has a <c>*</c>, a range or a step.</param>
internal readonly record struct FieldSet(ulong Values, bool BeginsWithStar, bool IsInterval)
{
    public int Count => BitOperations.PopCount(Values);

    public int First => BitOperations.TrailingZeroCount(Values);

    public int Last => 63 - BitOperations.LeadingZeroCount(Values);

    public bool Contains(int value) => (Values >> value & 1) != 0;

    /// <summary>Lists the values in ascending order.</summary>
    public IEnumerable<int> List()
    {
        for (var rest = Values; rest != 0; rest &= rest - 1)
        {
            yield return BitOperations.TrailingZeroCount(rest);
        }
    }
}
