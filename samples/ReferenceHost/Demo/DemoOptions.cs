namespace Switchyard.ReferenceHost.Demo;

/// <summary>Represents what the demo is asked to submit, and to whom.</summary>
internal sealed record DemoOptions
{
    /// <summary>The bundle that the generated file is for.</summary>
    public const string SampleBundle = "assessments/PSAT_SAT";

    /// <summary>Gets the host to use; <see langword="null"/> starts one.</summary>
    public Uri? Url { get; init; }

    /// <summary>Gets the user's own files by the bundle's key; empty means a generated one.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the bundle.</summary>
    public string Bundle { get; init; } = SampleBundle;

    /// <summary>Gets the parameters by the bundle's key.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets how many rows the generated file has.</summary>
    public int Rows { get; init; } = 100_000;

    /// <summary>Gets the folder that keeps everything; <see langword="null"/> makes one in the system's temporary folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets the partner's code.</summary>
    public string Partner { get; init; } = "acme";

    /// <summary>Gets the tenant's code.</summary>
    public string Tenant { get; init; } = "acme";

    /// <summary>Gets the school year in Y1Y2 form.</summary>
    public string SchoolYear { get; init; } = "2526";
}
