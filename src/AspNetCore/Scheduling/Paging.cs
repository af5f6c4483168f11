using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Switchyard.Errors;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Represents the page of a list that a request asks for (seed 4).</summary>
internal readonly record struct Paging(int Skip, int Limit)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    /// <summary>Reads <c>skip</c> and <c>limit</c>.</summary>
    public static bool TryRead(IQueryCollection query, out Paging paging, [NotNullWhen(false)] out ErrorReport? error)
    {
        paging = default;
        if (!QueryParameters.TryReadNumber(query, "skip", (0, 0, int.MaxValue), out var skip, out error)
            || !QueryParameters.TryReadNumber(query, "limit", (DefaultLimit, 1, MaxLimit), out var limit, out error))
        {
            return false;
        }

        paging = new Paging(skip, limit);
        return true;
    }
}
