using System.Globalization;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling;

/// <summary>Makes the ids of executions, the same at every repetition.</summary>
public static class ExecutionIds
{
    /// <summary>Gets the id of an attempt: the root's own for the first, a UUID of version 5 of root and number for others.</summary>
    public static Guid Attempt(Guid root, int attempt) =>
        attempt <= 1 ? root : OccurrenceId.Of(root, attempt.ToString(CultureInfo.InvariantCulture));
}
