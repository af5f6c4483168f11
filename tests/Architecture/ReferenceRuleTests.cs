namespace Switchyard.Architecture.Tests;

/// <summary>The direction of references: endpoint -> service -> port &lt;- adapter (docs/architecture.md).</summary>
public sealed class ReferenceRuleTests
{
    private const string Abstractions = "Switchyard.Abstractions";

    public static TheoryData<string> Projects() => [.. Repository.Projects("src").Select(project => project.Path)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_references_only_what_its_layer_may_know(string path)
    {
        var project = Repository.Projects("src").Single(candidate => candidate.Path == path);

        var forbidden = project.ProjectReferences.Where(reference => !MayReference(project, reference));

        Assert.Empty(forbidden);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_name_is_its_path(string path)
    {
        var parts = path.Split('/')[1..^1];
        var name = parts[0] switch
        {
            "Abstractions" => Abstractions,
            "Core" => "Switchyard." + string.Join('.', parts[1..]),
            "Storage.EfCore" when parts[1] == "Relational" => "Switchyard.Storage.EfCore",
            _ => "Switchyard." + string.Join('.', parts),
        };

        Assert.Equal(name, Path.GetFileNameWithoutExtension(path));
    }

    [Fact]
    public void Abstractions_depend_on_dependency_injection_and_nothing_else()
    {
        var project = Repository.Projects("src/Abstractions").Single();

        Assert.Equal(["Microsoft.Extensions.DependencyInjection.Abstractions"], project.PackageReferences);
        Assert.Empty(project.ProjectReferences);
    }

    [Fact]
    public void Only_storage_knows_Entity_Framework()
    {
        var others = Repository.Projects("src")
            .Where(project => project.Layer != "Storage.EfCore")
            .Where(project => project.PackageReferences.Any(package => package.Contains("EntityFramework", StringComparison.Ordinal)));

        Assert.Empty(others);
    }

    [Fact]
    public void Only_the_AspNetCore_layer_knows_ASP_NET()
    {
        var others = Repository.Projects("src")
            .Where(project => project.Layer != "AspNetCore")
            .Where(project => project.Xml.Descendants("FrameworkReference").Any()
                || project.PackageReferences.Any(package => package.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));

        Assert.Empty(others);
    }

    [Fact]
    public void Nothing_in_src_references_samples_or_tests()
    {
        var outside = Repository.Projects("src")
            .SelectMany(project => project.Xml.Descendants("ProjectReference"))
            .Select(reference => reference.Attribute("Include")!.Value)
            .Where(include => include.Contains("samples", StringComparison.Ordinal) || include.Contains("tests", StringComparison.Ordinal));

        Assert.Empty(outside);
    }

    [Fact]
    public void Internals_are_visible_to_the_tests_of_the_assembly_alone()
    {
        var stated = Repository.Projects("src").SelectMany(project => project.Xml.Descendants("InternalsVisibleTo"));
        var inSource = Repository.Sources("src").Where(path => Repository.Read(path).Contains("InternalsVisibleTo", StringComparison.Ordinal));

        Assert.Empty(stated);
        Assert.Empty(inSource);
        Assert.Contains("<InternalsVisibleTo Include=\"$(MSBuildProjectName).Tests\" />", Repository.Read("src/Directory.Build.props"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        // The consumer sample restores packed packages and can't build before they are packed.
        var solution = Repository.Read("Packages.sln").Replace('\\', '/');
        var missing = new[] { "src", "samples", "tests" }
            .SelectMany(Repository.Projects)
            .Where(project => !project.Path.StartsWith("samples/PackageConsumer/", StringComparison.Ordinal))
            .Where(project => !solution.Contains(project.Path, StringComparison.Ordinal))
            .Select(project => project.Path);

        Assert.Empty(missing);
    }

    private static bool MayReference(ProjectFile project, string reference) => project.Layer switch
    {
        "Abstractions" => false,
        "Core" => reference is Abstractions or "Switchyard.Cron",
        "Storage.EfCore" => reference is Abstractions or "Switchyard.Storage.EfCore",
        "AspNetCore" => reference == Abstractions || IsOwnCore(project.Name, reference),
        _ => false,
    };

    // Blobs has several adapters; the file-system one is the one that a host serves.
    private static bool IsOwnCore(string name, string reference) =>
        reference == name.Replace(".AspNetCore", "", StringComparison.Ordinal)
        || reference.StartsWith(name.Replace(".AspNetCore", "", StringComparison.Ordinal) + ".", StringComparison.Ordinal);
}
