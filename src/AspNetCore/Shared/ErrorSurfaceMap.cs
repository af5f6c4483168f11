using Microsoft.AspNetCore.Http;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Finds the surface that owns a path: the longest prefix, by whole segments and whatever its case.</summary>
internal sealed class ErrorSurfaceMap(IEnumerable<IErrorSurface> surfaces)
{
    private readonly (PathString Prefix, IErrorSurface Surface)[] _owners =
        [.. surfaces
            .SelectMany(surface => surface.Prefixes.Select(prefix => (Prefix: new PathString(prefix == "/" ? null : prefix), surface)))
            .OrderByDescending(owner => owner.Prefix.Value?.Length ?? 0)];

    /// <summary>Finds the owner of a path, or <see langword="null"/> where no surface claims it: its errors are not ours to write.</summary>
    public IErrorSurface? Find(PathString path)
    {
        foreach (var (prefix, surface) in _owners)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return surface;
            }
        }

        return null;
    }
}
