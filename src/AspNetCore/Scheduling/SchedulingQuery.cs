using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Scheduling.Errors;
using Switchyard.Errors;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Reads the query parameters of this surface strictly: each at most once, none in any other spelling.</summary>
internal static class SchedulingQuery
{
    /// <summary>Reads an identifier that must be there.</summary>
    public static bool TryReadId(IQueryCollection query, string name, out Guid id, [NotNullWhen(false)] out ErrorReport? error)
    {
        id = default;
        if (!QueryParameters.TryReadText(query, name, out var text, out error))
        {
            return false;
        }

        if (!Uid.TryParse(text, out id))
        {
            error = Refuse(text is null ? $"{name} is required" : $"{name} must be a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301");
        }

        return error is null;
    }

    /// <summary>Reads true or false; <see langword="null"/> where it is absent.</summary>
    public static bool TryReadFlag(IQueryCollection query, string name, out bool? flag, [NotNullWhen(false)] out ErrorReport? error)
    {
        flag = null;
        if (!QueryParameters.TryReadText(query, name, out var text, out error))
        {
            return false;
        }

        flag = text switch { "true" => true, "false" => false, _ => null };
        if (text is not null && flag is null)
        {
            error = Refuse($"{name} must be true or false");
        }

        return error is null;
    }

    /// <summary>Reads one of the names of an enumeration; <see langword="null"/> where it is absent.</summary>
    public static bool TryReadChoice<T>(IQueryCollection query, string name, WireNames<T> names, out T? value, [NotNullWhen(false)] out ErrorReport? error)
        where T : struct, Enum
    {
        value = null;
        if (!QueryParameters.TryReadText(query, name, out var text, out error))
        {
            return false;
        }

        value = text is null ? null : names.Find(text);
        if (text is not null && value is null)
        {
            error = Refuse($"{name} must be {names.Listed}");
        }

        return error is null;
    }

    /// <summary>Reads an instant; <see langword="null"/> where it is absent.</summary>
    public static bool TryReadInstant(IQueryCollection query, string name, out DateTimeOffset? instant, [NotNullWhen(false)] out ErrorReport? error)
    {
        instant = null;
        if (!QueryParameters.TryReadText(query, name, out var text, out error))
        {
            return false;
        }

        if (text is null)
        {
            return true;
        }

        if (!Rfc3339.TryParse(text, out var value))
        {
            error = Refuse($"{name} {Rfc3339.Rule}");
            return false;
        }

        instant = value;
        return true;
    }

    private static ErrorReport Refuse(string message) => new(StatusCodes.Status400BadRequest, SchedulingErrorCodes.ValidationError, message);
}
