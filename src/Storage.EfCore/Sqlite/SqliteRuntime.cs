using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Switchyard.Storage.EfCore.Sqlite;

/// <summary>Lets Microsoft.Data.Sqlite run on an older SQLitePCLRaw.core than it was compiled against.</summary>
/// <remarks>
/// It asks for 2.1.13; package sources that hold less of the public gallery have 2.0.6, which works. .NET refuses an assembly
/// older than the one asked for, unless somebody hands it over: that happens here. One type of SQLite that is touched before
/// poisons the process, so this runs with the module, and from every way into the package. Where the assembly is new enough
/// the event is never raised.
/// </remarks>
internal static class SqliteRuntime
{
    private const string Core = "SQLitePCLRaw.core";
    private static int _prepared;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must come before any other code of the package, whoever calls it.")]
    public static void Prepare()
    {
        if (Interlocked.Exchange(ref _prepared, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name != Core)
        {
            return null;
        }

        var beside = Path.Combine(AppContext.BaseDirectory, Core + ".dll");
        return File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
    }
}
