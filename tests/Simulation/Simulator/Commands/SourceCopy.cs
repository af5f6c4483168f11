using System.Diagnostics;
using Switchyard.Jobs;

namespace Switchyard.Simulation.Commands;

/// <summary>A copy of the kernel's source in a temporary folder, to plant bugs into.</summary>
internal sealed class SourceCopy : IDisposable
{
    private static readonly string[] Folders = ["src/Abstractions", "src/Core/Cron", "src/Core/Jobs", "src/Core/InMemory"];

    // Outside a checkout the build would give the copy another version, and the simulator could not load it.
    private static readonly Version? Version = typeof(IJobStore).Assembly.GetName().Version;
    private readonly string _folder = Directory.CreateTempSubdirectory("switchyard-planted-").FullName;

    private SourceCopy(string origin) => Origin = origin;

    /// <summary>Gets the checkout.</summary>
    public string Origin { get; }

    public static SourceCopy Make()
    {
        var copy = new SourceCopy(FindRoot());
        foreach (var file in Folders.SelectMany(copy.Below).Concat(copy.Settings()))
        {
            var target = Path.Combine(copy._folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(copy.Origin, file), target);
        }

        return copy;
    }

    /// <summary>Finds the checkout that the program lies in.</summary>
    public static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Packages.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Packages.sln is in no folder above the simulator.");
    }

    /// <summary>Plants a bug; disposing of the result takes it out again.</summary>
    public IDisposable Plant(PlantedBug bug)
    {
        var originals = new List<(string Path, string Text)>();
        foreach (var replacement in bug.Replacements)
        {
            var path = Path.Combine(_folder, replacement.File);
            var text = File.ReadAllText(path);
            originals.Add((path, text));
            File.WriteAllText(path, bug.Apply(replacement, text));
        }

        originals.Reverse();
        return new Restoring(() => originals.ForEach(original => File.WriteAllText(original.Path, original.Text)));
    }

    /// <summary>Builds what the bug is in, and puts it into a copy of this simulator.</summary>
    /// <returns>The simulator to run.</returns>
    public async Task<string> BuildAsync(PlantedBug bug)
    {
        var simulator = Path.Combine(_folder, "simulator");
        Directory.CreateDirectory(simulator);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(simulator, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var project in bug.Replacements.Select(replacement => ProjectOf(replacement.File)).Distinct())
        {
            await BuildAsync(project);
            var name = Path.GetFileNameWithoutExtension(project) + ".dll";
            File.Copy(Path.Combine(_folder, "artifacts/bin", Path.GetFileNameWithoutExtension(project), "debug", name), Path.Combine(simulator, name), overwrite: true);
        }

        return Path.Combine(simulator, Path.GetFileName(typeof(SourceCopy).Assembly.Location));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Builds a project. Bugs may make code that analyzers dislike.</summary>
    private async Task BuildAsync(string project)
    {
        string[] arguments = ["build", project, "-m:1", "-v:q", "-nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false", $"-p:AssemblyVersion={Version}"];
        using var build = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"The copy with the planted bug does not build:\n{output}");
        }
    }

    private string ProjectOf(string file)
    {
        var folder = new DirectoryInfo(Path.Combine(_folder, Path.GetDirectoryName(file)!));
        while (folder.GetFiles("*.csproj") is [])
        {
            folder = folder.Parent!;
        }

        return folder.GetFiles("*.csproj")[0].FullName;
    }

    private IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Origin, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Origin, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    private IEnumerable<string> Settings() =>
        new[] { ".", "src" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Origin, folder))).Select(path => Path.GetRelativePath(Origin, path));

    private sealed class Restoring(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
