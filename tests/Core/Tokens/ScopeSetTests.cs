using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Tokens.Tests;

public sealed class ScopeSetTests
{
    private static readonly string[] Words =
        ["create:jobs", "partner:acme", "partner:", "partner", "partner:acme:admin", "Partner:acme", "partner:ACME", "partner:*", "xpartner:acme", "read:jobs", "create:jobs2", "\u00a0", "a\tb", ","];

    private static Gen<string[]> ScopeLists => Gen.Frequency((1, Gen.Constant(Array.Empty<string>())), (6, Gen.Elements(Words).ArrayOf()));

    [Fact]
    public void Parse_splits_on_the_space_alone_whatever_the_order_and_repeats() =>
        Property.Holds(
            from words in ScopeLists
            from order in Gen.Shuffle(words)
            from blanks in Gen.Choose(1, 3)
            select (Words: words, Order: order, Blanks: blanks),
            value => value.Words.Length == 0 ? "none" : value.Words.Distinct().Count() < value.Words.Length ? "repeats" : "distinct",
            ["none", "repeats", "distinct"],
            value =>
            {
                var text = string.Join(new string(' ', value.Blanks), value.Order);

                var expected = value.Words.Distinct().Order(StringComparer.Ordinal);
                Assert.Equal(expected, ScopeSet.Parse(text).Scopes);
                Assert.Equal(expected, ScopeSet.Parse(value.Words).Scopes);
            });

    [Fact]
    public void Only_the_exact_scope_grants_a_code() =>
        Property.Holds(
            from code in Gen.OneOf(Gen.Elements("acme", "ACME", "acme:admin", "*", "", "a", "acme,other"), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get))
            from words in ScopeLists
            select (Code: code, Words: words),
            value => value.Code.Length == 0 ? "empty" : value.Code.Contains(' ', StringComparison.Ordinal) ? "with a space" : value.Words.Contains("partner:" + value.Code) ? "granted already" : "new",
            ["empty", "granted already", "new"],
            value =>
            {
                var alone = ScopeSet.Parse("partner:" + value.Code).Grants("partner");
                if (!value.Code.Contains(' ', StringComparison.Ordinal))
                {
                    Assert.Equal(value.Code.Length == 0 ? [] : [value.Code], alone);
                }

                var grants = ScopeSet.Parse(value.Words).Grants("partner");
                Assert.Equal(value.Code.Length > 0 && value.Words.Contains("partner:" + value.Code), grants.Contains(value.Code));
            });

    [Fact]
    public void More_scopes_never_take_a_grant_away() =>
        Property.Holds(
            from first in ScopeLists
            from more in ScopeLists
            select (First: first, More: more),
            value => ScopeSet.Parse(value.First).Grants("partner").Count == 0 ? "no grants" : "grants",
            ["no grants", "grants"],
            value =>
            {
                var all = ScopeSet.Parse([.. value.First, .. value.More]);
                Assert.Superset(ScopeSet.Parse(value.First).Grants("partner").ToHashSet(), all.Grants("partner").ToHashSet());
                Assert.All(value.First, scope => Assert.True(all.Contains(scope)));
            });

    [Fact]
    public void No_part_prefix_or_other_case_of_a_scope_stands_for_it() =>
        Property.Holds(
            from scope in Gen.Elements("create:jobs", "partner:acme", "read:jobs")
            from change in Gen.Choose(0, 5)
            from at in Gen.Choose(1, scope.Length - 1)
            select (Scope: scope, Change: change, Text: Changed(scope, change, at)),
            value => value.Change.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["0", "1", "2", "3", "4", "5"],
            value =>
            {
                var set = ScopeSet.Parse(value.Text);
                Assert.False(set.Contains(value.Scope));
                Assert.DoesNotContain("acme", set.Grants("partner"));
            });

    [Theory]
    [InlineData("partner:", "")]
    [InlineData("partner:*", "*")]
    [InlineData("partner:acme:admin", "acme:admin")]
    [InlineData("partner: acme", "")]
    [InlineData("partner:acme,other", "acme,other")]
    [InlineData("partner:ACME", "ACME")]
    [InlineData("Partner:acme", "")]
    [InlineData("partners:acme", "")]
    [InlineData("partner:a partner:b", "a|b")]
    public void Grant_is_all_that_follows_the_first_colon(string scopes, string grants) =>
        Assert.Equal(grants, string.Join('|', ScopeSet.Parse(scopes).Grants("partner")));

    private static string Changed(string scope, int change, int at) => change switch
    {
        0 => scope[..at],
        1 => scope[at..],
        2 => scope.ToUpperInvariant(),
        3 => scope + "x",
        4 => "x" + scope,
        _ => scope.Insert(at, "\t"),
    };
}
