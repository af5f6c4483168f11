using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

public sealed class ColumnNamesTests
{
    [Fact]
    public void Blank_repeated_and_our_own_names_get_names_of_their_own() =>
        Assert.Equal(
            ["a", "A_3", "a_2", "column_4", "_line_2", "_run_uid_2", "b_c"],
            ColumnNames.From([" a ", "A", "a_2", "", "_LINE", "_run_uid", "b\nc"]).Select(name => name.Replace("_LINE", "_line", StringComparison.Ordinal)));

    [Fact]
    public void Names_are_never_blank_and_never_the_same_to_sqlite()
    {
        var cell = Gen.OneOf(ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""), Gen.Elements("a", "A", "a_2", "A_2", "", "column_1", "_line", "_line_2", new string('x', 300)));
        var gen = cell.ArrayOf(12);

        Property.Holds(gen, header => header.Distinct(StringComparer.OrdinalIgnoreCase).Count() < header.Length ? "repeats" : "distinct", ["repeats"], header =>
        {
            var names = ColumnNames.From(header);
            Assert.Equal(header.Length, names.Count);
            Assert.All(names, name => Assert.False(string.IsNullOrWhiteSpace(name) || name.Contains('\0')));
            Assert.Equal(names.Count + 2, names.Append("_line").Append("_run_uid").Select(ColumnNames.Fold).Distinct().Count());
        });
    }
}
