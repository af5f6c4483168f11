using System.Text.RegularExpressions;

namespace Switchyard.Architecture.Tests;

/// <summary>What the documents promise: a README per package, snippets that compile, nothing unkept.</summary>
public sealed partial class DocumentRuleTests
{
    private static readonly string[] Sections = ["## Install", "## Use", "## Options", "## Telemetry", "## Failure behaviour"];

    public static TheoryData<string> Packages() =>
        [.. Repository.Projects("src").Concat(Repository.Projects("tests/Conformance")).Select(project => project.Folder)];

    public static TheoryData<string> Documents() =>
        [.. Repository.Files("src", "*.md").Concat(Repository.Files("docs", "*.md")).Concat(Repository.Files("tests/Conformance", "*.md")), "README.md"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_has_a_readme_of_its_own(string folder)
    {
        var readme = Repository.Read($"{folder}/README.md");

        Assert.All(Sections, section => Assert.Contains(section, readme, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Snippets_compile(string document)
    {
        // A snippet compiles when a sample that CI builds holds the same lines, whatever their indentation.
        var sources = Repository.Sources("samples").Select(path => Flatten(Repository.Read(path))).ToArray();
        var loose = Snippet().Matches(Repository.Read(document))
            .Select(match => match.Groups[1].Value)
            .Where(snippet => !sources.Any(source => source.Contains(Flatten(snippet), StringComparison.Ordinal)));

        Assert.Empty(loose);
    }

    [Fact]
    public void Readme_opens_with_the_two_commands()
    {
        var block = Regex.Match(Repository.Read("README.md"), "```sh\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Contains("dotnet run --project samples/ReferenceHost -- demo", block, StringComparison.Ordinal);
        Assert.Contains("dotnet test Packages.sln", block, StringComparison.Ordinal);
    }

    private static string Flatten(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
