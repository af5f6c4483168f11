using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>Lets these tests read SQLite files by themselves, also where no host has run in their process before.</summary>
internal static class SqliteReader
{
    // The package settles at its first use which SQLite there is (its README says why).
    [ModuleInitializer]
    internal static void Load() => RuntimeHelpers.RunModuleConstructor(typeof(SwitchyardSqliteExtensions).Module.ModuleHandle);
}
