using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Reads query parameters strictly: each at most once, numbers as digits alone.</summary>
internal static class QueryParameters
{
    /// <summary>Reads a text.</summary>
    /// <param name="query">The query.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="value">The text, or <see langword="null"/> where the parameter is absent.</param>
    /// <param name="error">What is wrong, where the parameter is given more than once.</param>
    public static bool TryReadText(IQueryCollection query, string name, out string? value, [NotNullWhen(false)] out ErrorReport? error)
    {
        var values = query[name];
        value = values.Count == 0 ? null : values[0];
        error = values.Count > 1 ? Refuse($"{name} must be given once") : null;
        return error is null;
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="query">The query.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="bounds">Its default and the bounds that it must keep to.</param>
    /// <param name="value">The number.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryReadNumber(
        IQueryCollection query, string name, (int Default, int Min, int Max) bounds, out int value, [NotNullWhen(false)] out ErrorReport? error)
    {
        value = bounds.Default;
        if (!TryReadText(query, name, out var text, out error))
        {
            return false;
        }

        if (text is null)
        {
            return true;
        }

        // The digits are looked at too: int.TryParse forgives NUL characters at the end.
        if (!text.All(char.IsAsciiDigit)
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            || value < bounds.Min
            || value > bounds.Max)
        {
            error = Refuse(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {bounds.Min} to {bounds.Max}"));
        }

        return error is null;
    }

    private static ErrorReport Refuse(string message) => new(StatusCodes.Status400BadRequest, "invalid_query", message);
}
