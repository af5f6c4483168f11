namespace Switchyard.AspNetCore.Scheduling.Errors;

/// <summary>Names the codes of errors (seed 4).</summary>
internal static class SchedulingErrorCodes
{
    public const string ValidationError = "VALIDATION_ERROR";
    public const string Unauthorized = "UNAUTHORIZED";
    public const string DatabaseError = "DATABASE_ERROR";

    // What is wrong with a request goes by one code here, however it was found.
    private static readonly HashSet<string> Validation = new(StringComparer.OrdinalIgnoreCase) { "invalid_json", "empty_body", "invalid_query", "bad_request" };

    /// <summary>Gets the code that goes over the wire for one of a report.</summary>
    public static string Of(string code) => Validation.Contains(code) ? ValidationError : code.ToUpperInvariant();
}
