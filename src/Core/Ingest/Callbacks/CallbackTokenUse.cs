namespace Switchyard.Ingest.Callbacks;

/// <summary>Represents what a token of a run is for.</summary>
public enum CallbackTokenUse
{
    /// <summary>For the first call alone.</summary>
    Init = 0,

    /// <summary>For all calls after it.</summary>
    Access = 1,
}
