using System.Reflection;

namespace Switchyard.Jobs.Worker;

/// <summary>Knows the version of the program that the worker runs in.</summary>
internal static class ProgramVersion
{
    private const int Limit = 128;

    /// <summary>Gets the informational version of the entry assembly, which names the commit where the build does.</summary>
    public static string Text { get; } = Read(Assembly.GetEntryAssembly());

    private static string Read(Assembly? program)
    {
        var version = program?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? program?.GetName().Version?.ToString() ?? "unknown";
        return version.Length > Limit ? version[..Limit] : version;
    }
}
