using System.Data.Common;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents a command that a session may use again: with the same parameters, in the same order, and other values.</summary>
internal sealed class KeptCommand(DbCommand command, bool skipsFirst)
{
    public DbCommand Command { get; } = command;

    /// <summary>Gets whether its first statement is about the planner, and what that gives is of no interest.</summary>
    public bool SkipsFirst { get; } = skipsFirst;

    public bool IsKept { get; set; }

    /// <summary>Gets or sets how often it has run.</summary>
    public int Runs { get; set; }
}
