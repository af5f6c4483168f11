namespace Switchyard.AspNetCore;

/// <summary>Numbers the log events of what the endpoint packages share.</summary>
internal static class SurfaceEventIds
{
    public const int Unhandled = 9001;
}
