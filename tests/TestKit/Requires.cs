using Xunit;

namespace Switchyard.TestKit;

/// <summary>Skips a test whose server or data isn't on the machine, naming the line that installs it; in CI that is a failure.</summary>
public static class Requires
{
    private static bool InCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Skips (fails in CI) unless a condition holds.</summary>
    public static void That(bool condition, string what, string install)
    {
        if (condition)
        {
            return;
        }

        var message = $"{what} is not installed. Install it with: {install}";
        if (InCi)
        {
            Assert.Fail(message);
        }

        Assert.Skip(message);
    }

    /// <summary>Gets the path of a program on PATH, or in one of the given folders; skips (fails in CI) without it.</summary>
    public static string Program(string name, string install, params string[] folders)
    {
        var path = folders
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        That(path is not null, name, install);
        return path!;
    }

    /// <summary>Gets the folder of real input that <c>SWITCHYARD_REAL_DATA</c> names: the one thing whose absence CI forgives.</summary>
    public static string RealData()
    {
        var folder = Environment.GetEnvironmentVariable("SWITCHYARD_REAL_DATA");
        Assert.SkipUnless(Directory.Exists(folder), "Set SWITCHYARD_REAL_DATA to a folder of real bundles (registry.json, assessments/*/data).");
        return folder!;
    }
}
