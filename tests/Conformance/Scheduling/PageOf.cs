using FsCheck;
using FsCheck.Fluent;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Represents which slice of a list is asked for.</summary>
internal sealed record PageOf(int Skip, int Limit)
{
    public static readonly string[] Interesting = ["first page", "within", "beyond the end", "all of it"];

    public static Gen<PageOf> Gen { get; } =
        from skip in FsCheck.Fluent.Gen.Frequency((2, FsCheck.Fluent.Gen.Constant(0)), (3, FsCheck.Fluent.Gen.Choose(1, 8)))
        from limit in FsCheck.Fluent.Gen.Choose(1, 8)
        select new PageOf(skip, limit);

    public T[] Of<T>(IEnumerable<T> all) => [.. all.Skip(Skip).Take(Limit)];

    public IReadOnlySet<string> Classes(int total) => new HashSet<string>
    {
        Skip >= total ? "beyond the end" : Skip == 0 ? (Limit >= total ? "all of it" : "first page") : "within",
    };
}
