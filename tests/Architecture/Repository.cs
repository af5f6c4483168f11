using System.Xml.Linq;

namespace Switchyard.Architecture.Tests;

/// <summary>The checkout that the tests run in, read as files: projects, sources and documents.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project below a folder, by its path relative to the root with forward slashes.</summary>
    public static IReadOnlyList<ProjectFile> Projects(string folder) =>
        [.. Files(folder, "*.csproj").Select(path => new ProjectFile(path, XDocument.Load(Path.Combine(Root, path))))];

    /// <summary>Every C# file below a folder that people wrote; migrations are written by a tool.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [.. Files(folder, "*.cs").Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Packages.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Packages.sln is in no folder above the tests.");
    }
}

/// <summary>A project file: its path from the root and its content.</summary>
internal sealed record ProjectFile(string Path, XDocument Xml)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>The layer and the path below it: <c>Core/Jobs</c>, <c>AspNetCore/Ingest</c>, <c>Abstractions</c>.</summary>
    public string Layer => Path.Split('/')[1];

    public IReadOnlyList<string> ProjectReferences =>
        [.. Xml.Descendants("ProjectReference").Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))];

    public IReadOnlyList<string> PackageReferences =>
        [.. Xml.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)];
}
