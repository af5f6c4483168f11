using System.Text;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>Real assessment bundles and their anonymised samples, from the folder that <c>SWITCHYARD_REAL_DATA</c> names.</summary>
public sealed class RealBundleTests
{
    public static TheoryData<string, string, string, int, int> Samples() => new()
    {
        { "assessments/ACT", "INPUT_FILE=ACT/data/sample_anonymized_file.csv", "", 5, 0 },
        { "assessments/PSAT_SAT", "INPUT_FILE=PSAT_SAT/data/sample_anonymized_file_sat.csv", "TEST_TYPE=SAT", 5, 0 },
        {
            "assessments/STAR",
            "INPUT_FILE=STAR/data/SR_sample_anonymized_file.csv;INPUT_FILE_DS=STAR/data/SR_Dashboard_Standards_v2_sample_anonymized_file.csv;INPUT_FILE_SA=STAR/data/SR_SkillArea_v1_sample_anonymized_file.csv",
            "", 5, 0
        },
        { "assessments/MAP_Growth", "INPUT_FILE=MAP_Growth/data/sample_anonymized_file.csv", "", 7, 1 },
        { "assessments/IB", "INPUT_FILE=IB/data/sample_anonymized_file.csv", "", 5, 0 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_of_a_real_bundle_runs_to_success(string bundle, string files, string parameters, int rows, int failed)
    {
        var real = Requires.RealData();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("partners.yml"), $$"""
            partners:
              - code: acme
                name: Acme Schools
                tenants: [acme]
                bundles: [{{bundle}}]
                ods:
                  - { tenant: acme, schoolYear: "2526", url: "https://ods.example.org/2526" }
            """, TestContext.Current.CancellationToken);
        await using var host = await HostProcess.StartAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://localhost:0",
            ["DATA_DIRECTORY"] = folder.Combine("data"),
            ["PARTNERS_FILE"] = folder.Combine("partners.yml"),
            ["BUNDLES_PATH"] = Path.Combine(real, "registry.json"),
        });
        var client = await IngestClient.WithDevelopmentTokenAsync(host.Client);
        var paths = Pairs(files);

        var (uid, urls) = await client.CreateAsync(bundle, paths.ToDictionary(file => file.Key, file => Path.GetFileName(file.Value)), Pairs(parameters));
        foreach (var (key, path) in paths)
        {
            await using var content = File.OpenRead(Path.Combine(real, "assessments", path));
            await client.UploadAsync(urls[key], content);
        }

        await client.StartAsync(uid);
        var run = await client.EndedRunAsync(uid);

        Assert.Equal("success", run.GetProperty("status").GetString());
        foreach (var key in paths.Keys)
        {
            var counts = run.GetProperty("summary").GetProperty(key);
            var loaded = counts.GetProperty("records_processed").GetInt64() - counts.GetProperty("records_skipped").GetInt64() - counts.GetProperty("records_failed").GetInt64();
            Assert.Equal(loaded, Analytics.Rows(folder.Combine("data"), "acme", "acme", $"{bundle}__{key}"));
        }

        // The last line of MAP_Growth's sample really lacks a column.
        var input = run.GetProperty("summary").GetProperty("INPUT_FILE");
        Assert.Equal((rows, failed), (input.GetProperty("records_processed").GetInt32(), input.GetProperty("records_failed").GetInt32()));
    }

    private static Dictionary<string, string> Pairs(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
