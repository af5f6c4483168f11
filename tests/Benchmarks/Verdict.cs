namespace Switchyard.Benchmarks;

/// <summary>What a benchmark found; of several, the largest counts.</summary>
internal enum Verdict
{
    /// <summary>Every bound is kept.</summary>
    Pass,

    /// <summary>The machine was too busy for the figures to say anything.</summary>
    Void,

    /// <summary>A bound is missed.</summary>
    Fail,
}
