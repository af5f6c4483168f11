namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Records what a person did to many jobs or to a kind, in the transaction that does it.</summary>
internal static class OperationRecord
{
    /// <summary>Adds a record.</summary>
    /// <param name="session">What to write on.</param>
    /// <param name="id">Its id.</param>
    /// <param name="action">What was done.</param>
    /// <param name="by">Who did it, and why.</param>
    /// <param name="target">What it was done to.</param>
    /// <param name="changed">How many jobs were changed.</param>
    public static Task<int> AddAsync(StoreSession session, Guid id, string action, (string Actor, string Reason) by, string target, long changed) =>
        session.Command(OperationSql.For(session.Dialect).AddOperation)
            .With("id", SqlType.Id, id)
            .With("action", SqlType.Text, action)
            .With("actor", SqlType.Text, by.Actor)
            .With("reason", SqlType.Text, by.Reason)
            .With("target", SqlType.Text, target)
            .With("changed", SqlType.BigNumber, changed)
            .ExecuteAsync();
}
