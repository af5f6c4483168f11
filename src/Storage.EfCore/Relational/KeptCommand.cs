using System.Data.Common;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents a command that a session may use again: with the same parameters, in the same order, and other values.</summary>
internal sealed class KeptCommand(DbCommand command)
{
    public DbCommand Command { get; } = command;

    public bool IsKept { get; set; }

    /// <summary>Gets or sets how often it has run.</summary>
    public int Runs { get; set; }
}
