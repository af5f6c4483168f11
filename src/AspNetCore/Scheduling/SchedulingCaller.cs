using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Reads who calls out of the claims of a validated token, and refuses tokens that are good but no user's.</summary>
/// <remarks>
/// One secret signs more than users' tokens: Supabase's anonymous key and its service key are such tokens too (contract 5), and
/// have another role, or no subject. They are refused like a token of anybody else's: 401.
/// </remarks>
internal sealed class SchedulingCaller : IEndpointFilter
{
    private const string SubjectClaim = "sub";
    private const string RoleClaim = "role";
    private const string UserRole = "authenticated";
    private const int MaxSubject = 255;

    /// <summary>Gets the subject of a token that the filter let through.</summary>
    public static string Subject(ClaimsPrincipal user) => user.FindFirstValue(SubjectClaim)!;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsUser(context.HttpContext.User)
            ? next(context)
            : ValueTask.FromResult<object?>(new SurfaceErrorResult(SurfaceErrorDefaults.For(StatusCodes.Status401Unauthorized)));

    private static bool IsUser(ClaimsPrincipal user) =>
        user.FindAll(SubjectClaim).Select(claim => claim.Value).ToArray() is [{ Length: > 0 and <= MaxSubject } subject]
        && !subject.Any(char.IsControl)
        && user.FindAll(RoleClaim).All(claim => claim.Value == UserRole);
}
