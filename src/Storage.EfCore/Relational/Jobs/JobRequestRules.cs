using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Checks what a request to enqueue says of itself; what breaks a rule is the caller's error.</summary>
internal static class JobRequestRules
{
    private const int KindLength = 128;
    private const int KeyLength = 256;

    public static void CheckAll(IReadOnlyList<JobRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var ids = new HashSet<JobId>(requests.Count);
        foreach (var request in requests)
        {
            ArgumentNullException.ThrowIfNull(request, nameof(requests));
            Check(request);
            if (!ids.Add(request.Id))
            {
                throw new ArgumentException($"Two requests share the id {request.Id}. Give each one an id of its own by JobId.New.", nameof(requests));
            }
        }
    }

    public static void Check(JobRequest request)
    {
        CheckText(request.Kind, nameof(JobRequest.Kind), KindLength, mayBeEmpty: false);
        CheckText(request.Payload, nameof(JobRequest.Payload), int.MaxValue, mayBeEmpty: true);
        CheckOptional(request.DedupeKey, nameof(JobRequest.DedupeKey));
        CheckOptional(request.ConcurrencyKey, nameof(JobRequest.ConcurrencyKey));
        CheckOptional(request.TraceParent, nameof(JobRequest.TraceParent));
        if (request.OnFailure is { } followUp)
        {
            CheckText(followUp.Kind, "OnFailure.Kind", KindLength, mayBeEmpty: false);
            CheckText(followUp.Payload, "OnFailure.Payload", int.MaxValue, mayBeEmpty: true);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.DedupeFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(request.DedupeFor));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(request.Timeout));
    }

    private static void CheckOptional(string? text, string name)
    {
        if (text is not null)
        {
            CheckText(text, name, KeyLength, mayBeEmpty: false);
        }
    }

    private static void CheckText(string? text, string name, int maxLength, bool mayBeEmpty)
    {
        if (text is null || (text.Length == 0 && !mayBeEmpty) || text.Length > maxLength)
        {
            throw new ArgumentException($"{name} has {text?.Length ?? 0} characters; it has at most {maxLength}{(mayBeEmpty ? "" : ", and at least one")}.", name);
        }

        if (!StoredText.IsStorable(text))
        {
            throw new ArgumentException($"{name} holds a NUL or half of a surrogate pair, which databases can't store; JSON escapes both.", name);
        }
    }
}
