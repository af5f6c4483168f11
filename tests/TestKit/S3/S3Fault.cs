namespace Switchyard.TestKit.S3;

/// <summary>What goes wrong with a call that was signed well.</summary>
public enum S3Fault
{
    /// <summary>403 AccessDenied.</summary>
    AccessDenied,

    /// <summary>404 NoSuchKey.</summary>
    NoSuchKey,

    /// <summary>404 NoSuchBucket.</summary>
    NoSuchBucket,

    /// <summary>500 InternalError.</summary>
    InternalError,

    /// <summary>503 SlowDown.</summary>
    SlowDown,

    /// <summary>403 RequestTimeTooSkewed.</summary>
    TimeTooSkewed,

    /// <summary>The connection is dropped without an answer.</summary>
    DropConnection,

    /// <summary>The connection is dropped half-way through the body of the answer.</summary>
    TruncatedBody,

    /// <summary>200 with an error in its XML body, as a copy that fails late.</summary>
    ErrorInOkBody,

    /// <summary>200 with a body that is no XML.</summary>
    Nonsense,

    /// <summary>No answer until the client gives up.</summary>
    Hang,
}
