namespace Switchyard.Jobs.Operations;

/// <summary>Represents a page of jobs.</summary>
/// <param name="Jobs">The jobs, newest first by id.</param>
/// <param name="Next">What to pass as <c>before</c> for the next page; <see langword="null"/> where this is the last.</param>
public sealed record JobPage(IReadOnlyList<Job> Jobs, JobId? Next);
