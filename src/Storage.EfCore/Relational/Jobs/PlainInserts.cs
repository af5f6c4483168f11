using System.Data.Common;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Enqueues jobs of which nothing is asked but their kind: most of them. Few values are bound, and no conflict is provided for.</summary>
internal static class PlainInserts
{
    /// <summary>Enqueues all or none, by one statement.</summary>
    /// <param name="session">What to enqueue on. It has no transaction, which a conflict would ruin.</param>
    /// <param name="requests">What to enqueue.</param>
    /// <returns><see langword="null"/>, and nothing is written, where the requests need another statement or an id is stored already.</returns>
    public static async Task<EnqueueResult[]?> TryEnqueueAsync(StoreSession session, IReadOnlyList<JobRequest> requests)
    {
        if (!ArePlain(requests))
        {
            return null;
        }

        try
        {
            await (requests.Count == 1 ? One(session, requests[0]) : Many(session, requests)).ExecuteAsync().ConfigureAwait(false);
        }
        catch (DbException exception) when (session.Dialect.IsConflict(exception))
        {
            return null;
        }

        var results = new EnqueueResult[requests.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = new EnqueueResult(requests[i].Id, Created: true);
        }

        return results;
    }

    /// <summary>Tells jobs that differ in nothing but their id, payload and trace, and that are due at once.</summary>
    private static bool ArePlain(IReadOnlyList<JobRequest> requests)
    {
        var first = requests[0];
        for (var i = 0; i < requests.Count; i++)
        {
            var request = requests[i];
            if (!IsPlain(request) || request.Kind != first.Kind || request.Priority != first.Priority || request.MaxAttempts != first.MaxAttempts)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlain(JobRequest request) =>
        request is { DedupeKey: null, DedupeFor: null, ConcurrencyKey: null, NotBefore: null, Timeout: null, ParentId: null, OnFailure: null }
        && request.Delay == TimeSpan.Zero && (request.RootId is not { } root || root == request.Id);

    private static SqlCommand One(StoreSession session, JobRequest request) => Shared(session.Command(JobSql.For(session.Dialect).InsertPlain), request)
        .With("id", SqlType.Id, request.Id.Value)
        .With("payload", SqlType.Text, request.Payload)
        .With("trace", SqlType.Text, request.TraceParent);

    private static SqlCommand Many(StoreSession session, IReadOnlyList<JobRequest> requests)
    {
        var (ids, payloads, traces) = (new Guid[requests.Count], new string[requests.Count], new string?[requests.Count]);
        for (var i = 0; i < ids.Length; i++)
        {
            (ids[i], payloads[i], traces[i]) = (requests[i].Id.Value, requests[i].Payload, requests[i].TraceParent);
        }

        return Shared(session.Command(JobSql.For(session.Dialect).InsertManyPlain), requests[0]).With(JobSql.PlainJobs().Set(ids, payloads, traces));
    }

    private static SqlCommand Shared(SqlCommand command, JobRequest request) => command
        .With("kind", SqlType.Text, request.Kind)
        .With("priority", SqlType.Number, request.Priority)
        .With("attempts", SqlType.Number, request.MaxAttempts);
}
