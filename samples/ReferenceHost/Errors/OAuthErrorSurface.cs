using Switchyard.Errors;

namespace Switchyard.ReferenceHost.Errors;

/// <summary>Writes <c>{error, error_description}</c> (RFC 6749, 5.2) for the development issuer.</summary>
internal sealed class OAuthErrorSurface : IErrorSurface
{
    public IReadOnlyList<string> Prefixes { get; } = ["/dev-issuer"];

    public ReadOnlyMemory<byte> Format(ErrorReport report) => JsonError.Write(writer =>
    {
        writer.WriteString("error", report.Status >= StatusCodes.Status500InternalServerError ? "server_error" : "invalid_request");
        writer.WriteString("error_description", string.Join("; ", report.Messages));
        writer.WriteTrace("trace_id", report.TraceId);
    });
}
