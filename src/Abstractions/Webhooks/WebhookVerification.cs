namespace Switchyard.Webhooks;

/// <summary>Represents what the check of a delivery's signature came to.</summary>
public enum WebhookVerification
{
    /// <summary>No signature is one that any of the secrets makes of this id, timestamp and body.</summary>
    NoMatchingSignature = 0,

    /// <summary>A signature matches, and the timestamp is within the tolerance.</summary>
    Valid = 1,

    /// <summary>One of the three headers is absent or empty.</summary>
    MissingHeader = 2,

    /// <summary>The id holds what no id may hold, or the timestamp is not a whole number of seconds.</summary>
    MalformedHeader = 3,

    /// <summary>The timestamp is further in the past than the tolerance: a late delivery, or one that somebody replays.</summary>
    TooOld = 4,

    /// <summary>The timestamp is further in the future than the tolerance: one of the clocks is wrong.</summary>
    TooNew = 5,
}
