using System.Diagnostics;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Makes the <c>traceparent</c> (W3C Trace Context) that goes to the receiver.</summary>
internal static class TraceParent
{
    /// <summary>Gives the span's own, or, where nobody listens, one whose trace is the message: then all attempts share it, and none is recorded.</summary>
    public static string Of(Activity? activity, Guid messageId) =>
        activity is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : $"00-{messageId:n}-{ActivitySpanId.CreateRandom().ToHexString()}-00";
}
