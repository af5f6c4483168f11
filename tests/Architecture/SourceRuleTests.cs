using System.Text.RegularExpressions;

namespace Switchyard.Architecture.Tests;

/// <summary>What the tree and its files must look like for a reader to find things (CONTRIBUTING.md).</summary>
public sealed partial class SourceRuleTests
{
    private const int LongestFile = 400;
    private const int MedianFile = 70;
    private const int LongestProject = 15;

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var long_ = new[] { "src", "samples", "tests" }.SelectMany(Repository.Sources)
            .Select(path => (path, lines: Repository.Lines(path).Length))
            .Where(file => file.lines > LongestFile);

        Assert.Empty(long_);
    }

    [Fact]
    public void Half_of_the_source_files_fit_on_a_screen()
    {
        var lengths = Repository.Sources("src").Select(path => Repository.Lines(path).Length).Order().ToArray();

        Assert.InRange(lengths[lengths.Length / 2], 1, MedianFile);
    }

    [Fact]
    public void Project_files_say_only_what_is_special()
    {
        var long_ = new[] { "src", "samples", "tests" }.SelectMany(Repository.Projects)
            .Where(project => Repository.Lines(project.Path).Length > LongestProject)
            .Select(project => project.Path);

        Assert.Empty(long_);
    }

    [Fact]
    public void Versions_are_in_one_file()
    {
        var stated = new[] { "src", "samples", "tests" }.SelectMany(Repository.Projects)
            .Where(project => !project.Path.StartsWith("samples/PackageConsumer/", StringComparison.Ordinal))
            .Where(project => project.Xml.Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null))
            .Select(project => project.Path);

        Assert.Empty(stated);
    }

    [Fact]
    public void Namespace_is_the_path()
    {
        var astray = Repository.Sources("src")
            .Where(path => !path.Contains("/Shared/", StringComparison.Ordinal))
            .Select(path => (path, expected: ExpectedNamespace(path), actual: Namespace().Match(Repository.Read(path)).Groups[1].Value))
            .Where(file => file.actual.Length > 0 && file.actual != file.expected && !IsEntryPoint(file.path, file.actual));

        Assert.Empty(astray);
    }

    [Fact]
    public void Nothing_is_left_open()
    {
        var open = new[] { "src", "samples" }.SelectMany(Repository.Sources)
            .Where(path => LeftOpen().IsMatch(Repository.Read(path)));

        Assert.Empty(open);
    }

    [Fact]
    public void No_type_is_named_for_nothing()
    {
        var vague = Repository.Sources("src").Where(path => VagueName().IsMatch(Path.GetFileName(path)));

        Assert.Empty(vague);
    }

    [Fact]
    public void Time_and_chance_are_banned_symbols_in_src()
    {
        var banned = Repository.Read("BannedSymbols.txt");

        Assert.All(
            ["System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow", "Task.Delay(System.TimeSpan)", "Stopwatch", "System.Random"],
            symbol => Assert.Contains(symbol, banned, StringComparison.Ordinal));
        Assert.Contains("BannedSymbols.txt", Repository.Read("src/Directory.Build.props"), StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Sources("src"), path => Repository.Read(path).Contains("RS0030", StringComparison.Ordinal));
    }

    private static string ExpectedNamespace(string path)
    {
        var parts = path.Split('/')[1..^1];
        var below = parts[0] switch
        {
            "Abstractions" or "Core" => parts[1..],
            "Storage.EfCore" when parts[1] == "Relational" => ["Storage.EfCore", .. parts[2..]],
            _ => parts,
        };
        return string.Join('.', ["Switchyard", .. below]);
    }

    // What several packages link lies in the namespace that they have in common. AddXyz and MapXyz lie where the user's usings already are.
    private static bool IsEntryPoint(string path, string actual) =>
        path.EndsWith("Extensions.cs", StringComparison.Ordinal)
        && actual is "Microsoft.Extensions.DependencyInjection" or "Microsoft.AspNetCore.Builder" or "Microsoft.AspNetCore.Authorization" or "Microsoft.EntityFrameworkCore";

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|catch *\{ *\}|catch \(Exception\) *\{ *\}|#region")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"(Manager|Helpers?|Utils?|Utilities|Impl|Base)\.cs$")]
    private static partial Regex VagueName();
}
