namespace Switchyard.Scheduling.Delivering;

/// <summary>Says what is delivered at all. Pure.</summary>
internal static class DeliveryRules
{
    public const string BodyTooLong = "The body would be longer than a million characters once the template's tokens are filled.";

    /// <summary>Gets why an attempt isn't sent and no other will be, or <see langword="null"/>.</summary>
    public static string? WhyNot(Delivery delivery) => delivery switch
    {
        // What somebody asked for by hand is sent, whether the schedule fires by itself or not.
        { Schedule.Recurrence.Enabled: false, Execution.Trigger: ExecutionTrigger.Schedule } => "The job was disabled before this attempt began.",
        { Webhook: null } => "The webhook was removed before this attempt began.",
        { Webhook: { DisabledAt: not null } webhook } => $"The webhook is disabled{(webhook.DisabledReason is { } why ? $": {why}" : ".")}",
        _ => null,
    };
}
