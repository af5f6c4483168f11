namespace Switchyard.Scheduling;

/// <summary>Represents why a request is refused. Nothing was stored.</summary>
/// <param name="Status">The HTTP status that says it best: 400, 403, 404 or 409.</param>
/// <param name="Code">One of <see cref="SchedulingCodes"/>.</param>
/// <param name="Message">What is wrong, in words, naming every field that offends; fit for the client.</param>
public sealed record SchedulingRefusal(int Status, string Code, string Message)
{
    /// <summary>Gets what is wrong with each field, in the order of the fields; empty where it isn't about fields.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];
}

/// <summary>Represents what is wrong with one field.</summary>
/// <param name="Field">The field by its name on the wire, such as <c>timezone</c> or <c>headers.X-Key</c>.</param>
/// <param name="Message">What is wrong, a clause without the field's name: <c>must be 1 to 255 characters</c>.</param>
public sealed record FieldProblem(string Field, string Message);
