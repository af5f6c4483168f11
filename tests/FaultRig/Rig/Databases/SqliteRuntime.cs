using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Switchyard.FaultRig.Databases;

/// <summary>Hands an older SQLitePCLRaw.core over where no newer one restores; the README of the SQLite package says why.</summary>
internal static class SqliteRuntime
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must come before anything touches a type of SQLite.")]
    public static void Prepare() => AssemblyLoadContext.Default.Resolving += (context, name) =>
    {
        var beside = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return name.Name == "SQLitePCLRaw.core" && File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
    };
}
