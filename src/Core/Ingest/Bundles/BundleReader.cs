using System.Text.Json;
using Switchyard.Ingest.Yaml;
using YamlDotNet.Serialization;

namespace Switchyard.Ingest.Bundles;

/// <summary>Reads bundles from texts. Every problem is a <see cref="YamlReadException"/> of one line that names the source.</summary>
internal static class BundleReader
{
    private static readonly JsonSerializerOptions Json = new() { MaxDepth = 32 };

    public static Bundle ReadYaml(string text, string source)
    {
        var file = YamlText.Read<YamlBundle>(text, source);
        return Check(new Bundle
        {
            DisplayName = file.DisplayName ?? "",
            Path = file.Path ?? "",
            ReportResources = file.ReportResources ?? [],
            InputFiles = [.. (file.InputFiles ?? []).Select(input => new BundleFile
            {
                DisplayName = input.DisplayName ?? "",
                Key = input.EnvVar ?? "",
                IsRequired = input.IsRequired,
                FileTypes = input.FileType ?? [],
            })],
            InputParams = [.. (file.InputParams ?? []).Select(param => new BundleParam
            {
                DisplayName = param.DisplayName ?? "",
                Key = param.EnvVar ?? "",
                IsRequired = param.IsRequired,
                AllowedValues = param.AllowedValues,
            })],
        }, source);
    }

    public static IReadOnlyList<Bundle> ReadRegistry(Stream json, string source)
    {
        try
        {
            var registry = JsonSerializer.Deserialize<Registry>(json, Json);
            var bundles = registry?.Assessments ?? throw new YamlReadException($"{source}: it has no list 'assessments'.");
            return [.. bundles.Select((bundle, index) => Check(Whole(bundle), $"{source}: assessments[{index}]"))];
        }
        catch (JsonException exception)
        {
            throw new YamlReadException($"{source}: line {exception.LineNumber + 1}: it isn't the JSON of a registry ({exception.Path}).", exception);
        }
    }

    public static string ToJson(Bundle bundle) => JsonSerializer.Serialize(bundle, Json);

    public static Bundle FromJson(string json) => Whole(JsonSerializer.Deserialize<Bundle>(json, Json)!);

    // JSON may say null where a list is meant.
    private static Bundle Whole(Bundle bundle) => bundle with
    {
        ReportResources = bundle.ReportResources ?? [],
        InputFiles = bundle.InputFiles ?? [],
        InputParams = bundle.InputParams ?? [],
    };

    private static Bundle Check(Bundle bundle, string source)
    {
        var keys = bundle.InputFiles.Select(file => file.Key).Concat(bundle.InputParams.Select(param => param.Key)).ToArray();
        return bundle switch
        {
            { Path: null or "" } => throw new YamlReadException($"{source}: 'path' is missing, such as: path: \"assessments/ACT\""),
            { DisplayName: null or "" } => throw new YamlReadException($"{source}: 'display_name' is missing, such as: display_name: \"ACT\""),
            { InputFiles.Count: 0 } => throw new YamlReadException($"{source}: 'input_files' has no entry with 'env_var'."),
            _ when keys.Any(string.IsNullOrEmpty) => throw new YamlReadException($"{source}: an entry has no 'env_var', such as: env_var: \"INPUT_FILE\""),
            _ when keys.Distinct(StringComparer.Ordinal).Count() < keys.Length => throw new YamlReadException($"{source}: an 'env_var' is there twice."),
            _ => bundle,
        };
    }

    private sealed record Registry
    {
        [System.Text.Json.Serialization.JsonPropertyName("assessments")]
        public IReadOnlyList<Bundle>? Assessments { get; init; }
    }

    private sealed class YamlBundle
    {
        [YamlMember(Alias = "display_name")]
        public string? DisplayName { get; set; }

        [YamlMember(Alias = "path")]
        public string? Path { get; set; }

        // Known, but nothing of ours depends on it.
        [YamlMember(Alias = "valid_edfi")]
        public string? ValidEdFi { get; set; }

        [YamlMember(Alias = "report_resources")]
        public List<string>? ReportResources { get; set; }

        [YamlMember(Alias = "input_files")]
        public List<YamlInput>? InputFiles { get; set; }

        [YamlMember(Alias = "input_params")]
        public List<YamlInput>? InputParams { get; set; }

        [YamlMember(Alias = "descriptor_mapping_files")]
        public List<string>? DescriptorMappingFiles { get; set; }
    }

    private sealed class YamlInput
    {
        [YamlMember(Alias = "display_name")]
        public string? DisplayName { get; set; }

        [YamlMember(Alias = "env_var")]
        public string? EnvVar { get; set; }

        [YamlMember(Alias = "is_required")]
        public bool IsRequired { get; set; }

        [YamlMember(Alias = "file_type")]
        public List<string>? FileType { get; set; }

        [YamlMember(Alias = "allowed_values")]
        public List<string>? AllowedValues { get; set; }
    }
}
