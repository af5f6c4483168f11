using Switchyard.Jobs;

namespace Switchyard.Conformance.Jobs.Model;

/// <summary>A worker: what it believes to hold is all that it knows.</summary>
internal sealed record ModelActor(string Name)
{
    public List<JobLease> Leases { get; } = [];
}
