namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Tells <c>MapScheduling</c> that <c>AddSchedulingApi</c> was called.</summary>
internal sealed class SchedulingApiMarker;
