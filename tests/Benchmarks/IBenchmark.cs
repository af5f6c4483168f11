namespace Switchyard.Benchmarks;

/// <summary>A benchmark, found by its type: a class with a constructor without parameters is on the list.</summary>
internal interface IBenchmark
{
    /// <summary>Gets the verb that runs it.</summary>
    string Name { get; }

    /// <summary>Gets what it measures and its bounds, on one line.</summary>
    string Summary { get; }

    /// <summary>Measures, and prints what it was compared with, the ratio, and PASS, FAIL or VOID for each bound.</summary>
    Task<Verdict> RunAsync(string[] args);
}
