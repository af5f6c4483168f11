using System.Text;
using Switchyard.Ingest.Yaml;

namespace Switchyard.Ingest.Bundles;

public sealed class BundleReaderTests
{
    private const string Yaml = """
        display_name: "Reading"
        path: "assessments/Reading"
        valid_edfi: ">=3.0"
        report_resources: ["studentAssessments"]
        input_files:
          - display_name: "Scores"
            env_var: "INPUT_FILE"
            is_required: true
            file_type: ["csv", "txt"]
          - display_name: "Extra"
            env_var: "INPUT_FILE_X"
            is_required: false
            file_type: ["csv"]
        input_params:
          - display_name: "Form"
            env_var: "FORMAT"
            is_required: true
            allowed_values: ["A", "B/C"]
        descriptor_mapping_files: ["x.csv"]
        """;

    [Fact]
    public void Yaml_registry_and_snapshot_say_the_same()
    {
        var fromYaml = BundleReader.ReadYaml(Yaml, "f");

        var registry = $$"""{"assessments":[{{BundleReader.ToJson(fromYaml)}}],"other":1}""";
        var fromRegistry = Assert.Single(BundleReader.ReadRegistry(new MemoryStream(Encoding.UTF8.GetBytes(registry)), "r"));

        Assert.Equivalent(fromYaml, fromRegistry, strict: true);
        Assert.Equivalent(fromYaml, BundleReader.FromJson(BundleReader.ToJson(fromYaml)), strict: true);
        Assert.Equal(["INPUT_FILE", "INPUT_FILE_X"], fromYaml.InputFiles.Select(file => file.Key));
        Assert.Equal(["A", "B/C"], fromYaml.InputParams[0].AllowedValues);
    }

    [Fact]
    public void Absent_and_null_params_are_none()
    {
        var registry = """{"assessments":[{"display_name":"X","path":"a/X","input_files":[{"env_var":"F"}],"input_params":null}]}""";

        Assert.Empty(Assert.Single(BundleReader.ReadRegistry(new MemoryStream(Encoding.UTF8.GetBytes(registry)), "r")).InputParams);
    }

    [Theory]
    [InlineData("display_name: X\ninput_files: [{env_var: F}]", "f: 'path' is missing")]
    [InlineData("path: a/X\ninput_files: [{env_var: F}]", "f: 'display_name' is missing")]
    [InlineData("display_name: X\npath: a/X", "f: 'input_files' has no entry")]
    [InlineData("display_name: X\npath: a/X\ninput_files: [{is_required: true}]", "f: an entry has no 'env_var'")]
    [InlineData("display_name: X\npath: a/X\ninput_files: [{env_var: F}, {env_var: F}]", "f: an 'env_var' is there twice")]
    [InlineData("display_name: X\npath: a/X\ninput_files: [{env_var: F, is_required: maybe}]", "f: line 3:")]
    [InlineData("display_name: X\ndisplay_name: Y", "f: line 2:")]
    [InlineData("colour: red", "f: line 1:")]
    [InlineData("{", "f: line ")]
    [InlineData("", "f: it is empty")]
    public void A_fault_is_one_line_that_names_source_and_place(string text, string begins)
    {
        var message = Assert.Throws<YamlReadException>(() => BundleReader.ReadYaml(text, "f")).Message;

        Assert.StartsWith(begins, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"assessments":[{"path":1}]}""")]
    [InlineData("""{"assessments":[{"display_name":"X","path":"a/X","input_files":[]}]}""")]
    public void A_broken_registry_is_one_line_too(string json)
    {
        var message = Assert.Throws<YamlReadException>(() => BundleReader.ReadRegistry(new MemoryStream(Encoding.UTF8.GetBytes(json)), "r")).Message;

        Assert.StartsWith("r: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
