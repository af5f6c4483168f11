using System.Reflection;
using System.Text.RegularExpressions;

namespace Switchyard.Architecture.Tests;

/// <summary>Every adapter of a port is proved by every suite of that port; a new adapter without its suites fails here.</summary>
public sealed partial class ConformanceRuleTests
{
    private const string Suites = "tests/Conformance";

    public static TheoryData<string> SuiteNames() => [.. SuitesByPort().Keys];

    [Theory]
    [MemberData(nameof(SuiteNames))]
    public void Suite_is_derived_by_every_adapter_of_its_port(string suite)
    {
        var derived = DerivedBy(suite);

        var unproved = Adapters(SuitesByPort()[suite]).Where(adapter => !derived.Any(test => test.Contains(adapter, StringComparison.Ordinal)));

        Assert.Empty(unproved);
    }

    /// <summary>Guards the enumeration itself: a search that finds nothing would prove nothing.</summary>
    [Fact]
    public void Ports_and_their_adapters_are_found()
    {
        Assert.Equal(
            ["AccountMembershipConformance: IAccountMembership", "BlobStoreConformance: IBlobStore", "BlobUrlConformance: IBlobStore",
             "ExecutionStoreConformance: IExecutionStore", "IngestJobStoreConformance: IIngestJobStore",
             "IngestRunStoreConformance: IIngestRunStore", "JobAdminConformance: IJobAdmin", "JobJournalConformance: IJobJournal",
             "JobKindConformance: IJobKindStore", "JobMaintenanceConformance: IJobMaintenance", "JobStoreConformance: IJobStore",
             "NodeRegistryConformance: INodeRegistry", "PartnerDirectoryConformance: IPartnerDirectory", "RecurrenceStoreConformance: IRecurrenceStore",
             "ScheduleStoreConformance: IScheduleStore", "WebhookStoreConformance: IWebhookStore"],
            SuitesByPort().Select(suite => $"{suite.Key}: {suite.Value}").Order(StringComparer.Ordinal));
        Assert.Superset(new HashSet<string> { "FileSystem", "S3" }, Adapters("IBlobStore").ToHashSet());
        Assert.All(
            ["IJobStore", "IIngestJobStore", "IIngestRunStore", "IPartnerDirectory", "IRecurrenceStore",
             "IAccountMembership", "IScheduleStore", "IWebhookStore", "IExecutionStore"],
            port => Assert.Superset(new HashSet<string> { "InMemory", "PostgreSql", "Sqlite" }, Adapters(port).ToHashSet()));
    }

    /// <summary>Reads each suite and its port: the first that the suite's documentation names.</summary>
    private static Dictionary<string, string> SuitesByPort()
    {
        var texts = Repository.Sources(Suites).Select(Repository.Read).ToArray();
        var bases = texts.SelectMany(text => SuiteDeclaration().Matches(text)).Select(match => match.Groups["base"].Value).ToHashSet();
        return texts.SelectMany(text => SuiteDeclaration().Matches(text))
            .Where(match => match.Groups["base"].Success && !bases.Contains(match.Groups["name"].Value))
            .ToDictionary(match => match.Groups["name"].Value, match => Port().Match(match.Groups["summary"].Value).Groups[1].Value);
    }

    /// <summary>Names the adapters of a port by the last part of their package: a class of Storage.EfCore counts for each of its dialects.</summary>
    private static IEnumerable<string> Adapters(string port)
    {
        var contract = Assembly.Load("Switchyard.Abstractions").GetExportedTypes().Single(type => type.Name == port);
        return Repository.Projects("src")
            .Where(project => Types(project).Any(type => type.IsClass && !type.IsAbstract && type.GetInterfaces().Contains(contract)))
            .SelectMany(project => project.Name == "Switchyard.Storage.EfCore" ? Dialects() : [project.Name.Split('.')[^1]]);
    }

    private static IEnumerable<string> Dialects() =>
        Repository.Projects("src")
            .Where(project => Types(project).Any(type => type.BaseType?.Name == "SwitchyardDialect"))
            .Select(project => project.Name.Split('.')[^1]);

    private static Type[] Types(ProjectFile project) => Assembly.Load(project.Name).GetTypes();

    private static string[] DerivedBy(string suite) =>
        [.. Repository.Sources("tests")
            .Where(path => !path.StartsWith(Suites + "/", StringComparison.Ordinal))
            .SelectMany(path => Derivation().Matches(Repository.Read(path)))
            .Where(match => match.Groups["base"].Value == suite)
            .Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"/// <summary>(?<summary>[^\n]*)</summary>\npublic abstract (?:partial )?class (?<name>\w+)(?: : (?<base>\w+))?")]
    private static partial Regex SuiteDeclaration();

    [GeneratedRegex(@"<see cref=""(I\w+)""/>")]
    private static partial Regex Port();

    [GeneratedRegex(@"public sealed class (?<name>\w+) : (?<base>\w+)")]
    private static partial Regex Derivation();
}
