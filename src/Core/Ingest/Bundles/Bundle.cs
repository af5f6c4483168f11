using System.Text.Json.Serialization;

namespace Switchyard.Ingest.Bundles;

/// <summary>Describes an assessment bundle: which files and parameters its jobs take.</summary>
public sealed record Bundle
{
    /// <summary>Gets the name for people.</summary>
    [JsonPropertyName("display_name")]
    public required string DisplayName { get; init; }

    /// <summary>Gets the key, such as <c>assessments/ACT</c>; matched exactly.</summary>
    [JsonPropertyName("path")]
    public required string Path { get; init; }

    /// <summary>Gets the resources whose counts make a run count as complete.</summary>
    [JsonPropertyName("report_resources")]
    public IReadOnlyList<string> ReportResources { get; init; } = [];

    /// <summary>Gets the files that its jobs take.</summary>
    [JsonPropertyName("input_files")]
    public required IReadOnlyList<BundleFile> InputFiles { get; init; }

    /// <summary>Gets the parameters that its jobs take.</summary>
    [JsonPropertyName("input_params")]
    public IReadOnlyList<BundleParam> InputParams { get; init; } = [];
}

/// <summary>Describes a file that a bundle's jobs take.</summary>
public sealed record BundleFile
{
    /// <summary>Gets the name for people.</summary>
    [JsonPropertyName("display_name")]
    public string DisplayName { get; init; } = "";

    /// <summary>Gets the key, such as <c>INPUT_FILE</c>.</summary>
    [JsonPropertyName("env_var")]
    public required string Key { get; init; }

    /// <summary>Gets whether a job must have it.</summary>
    [JsonPropertyName("is_required")]
    public bool IsRequired { get; init; }

    /// <summary>Gets the extensions that are usual; not checked.</summary>
    [JsonPropertyName("file_type")]
    public IReadOnlyList<string> FileTypes { get; init; } = [];
}

/// <summary>Describes a parameter that a bundle's jobs take.</summary>
public sealed record BundleParam
{
    /// <summary>Gets the name for people.</summary>
    [JsonPropertyName("display_name")]
    public string DisplayName { get; init; } = "";

    /// <summary>Gets the name, such as <c>TEST_TYPE</c>.</summary>
    [JsonPropertyName("env_var")]
    public required string Key { get; init; }

    /// <summary>Gets whether a job must have it; <c>API_YEAR</c> never has to be given.</summary>
    [JsonPropertyName("is_required")]
    public bool IsRequired { get; init; }

    /// <summary>Gets the only values that are good, matched exactly; <see langword="null"/> where any text is.</summary>
    [JsonPropertyName("allowed_values")]
    public IReadOnlyList<string>? AllowedValues { get; init; }
}
