using Switchyard.Ingest;
using Xunit;

namespace Switchyard.Conformance.Ingest;

/// <summary>Proves a partner directory: each test is an obligation of <see cref="IPartnerDirectory"/>.</summary>
public abstract class PartnerDirectoryConformance : IngestConformance
{
    private static readonly Ods Live = new() { Tenant = "west", SchoolYear = "2526", Url = "https://ods.example/2526", ClientIdVariable = "ID", ClientSecretVariable = "SECRET" };

    private static readonly Partner Acme = new()
    {
        Code = "acme", Name = "Acme", Tenants = ["west", "east"], Bundles = ["assessments/ACT", "assessments/PSAT_SAT"],
        Ods = [Live, Live with { SchoolYear = "2425" }, Live with { Url = "https://old.example", Retired = true }, Live with { Tenant = "east", ClientIdVariable = null, ClientSecretVariable = null }],
    };

    private static readonly Partner Other = new()
    {
        Code = "other", Name = "Other", Tenants = ["north"], Bundles = ["assessments/IB"], Ods = [Live with { Tenant = "north" }],
    };

    private static readonly SubmissionTarget Nothing = new(false, false, []);

    /// <summary>What was put in is found.</summary>
    [Fact]
    public async Task Submission_finds_tenant_bundle_and_live_data_stores()
    {
        await UpsertAsync(Acme, Other);

        AssertSame(new SubmissionTarget(true, true, [Live]), await FindAsync("acme", "west", "assessments/ACT", "2526"));
        AssertSame(new SubmissionTarget(true, true, [Acme.Ods[3]]), await FindAsync("acme", "east", "assessments/PSAT_SAT", "2526"));
        AssertSame(new SubmissionTarget(true, true, []), await FindAsync("acme", "east", "assessments/ACT", "2425"));
    }

    /// <summary>What belongs to one partner is nothing to another.</summary>
    [Fact]
    public async Task Submission_finds_nothing_of_other_partners_and_nothing_in_another_case()
    {
        await UpsertAsync(Acme, Other);

        AssertSame(Nothing, await FindAsync("acme", "north", "assessments/IB", "2526"));
        AssertSame(Nothing, await FindAsync("ACME", "west", "assessments/ACT", "2526"));
        AssertSame(Nothing, await FindAsync("acme", "West", "assessments/act", "2526"));
        AssertSame(Nothing, await FindAsync("none", "west", "assessments/ACT", "2526"));
        AssertSame(Nothing, await FindAsync("acme\0", "we\0st", "\ud800", "\0"));
    }

    /// <summary>All live stores are told; it is the caller who refuses two.</summary>
    [Fact]
    public async Task Submission_finds_every_live_data_store_of_tenant_and_year()
    {
        var second = Live with { Url = "https://second.example" };
        await UpsertAsync(Acme with { Ods = [Live, second] });

        AssertSame(new SubmissionTarget(true, true, [Live, second]), await FindAsync("acme", "west", "assessments/ACT", "2526"));
    }

    /// <summary>What isn't given goes; other partners stay.</summary>
    [Fact]
    public async Task Upsert_replaces_what_it_names_and_nothing_else()
    {
        await UpsertAsync(Acme, Other);
        await UpsertAsync(Acme with { Name = "New name", Tenants = ["east", "south"], Bundles = ["assessments/IB"], Ods = [Live with { Tenant = "south" }] });

        AssertSame(new SubmissionTarget(false, false, []), await FindAsync("acme", "west", "assessments/ACT", "2526"));
        AssertSame(new SubmissionTarget(true, true, [Live with { Tenant = "south" }]), await FindAsync("acme", "south", "assessments/IB", "2526"));
        AssertSame(new SubmissionTarget(true, true, []), await FindAsync("acme", "east", "assessments/IB", "2526"));
        AssertSame(new SubmissionTarget(true, true, Other.Ods), await FindAsync("other", "north", "assessments/IB", "2526"));
    }

    /// <summary>Every node upserts the same file when it starts.</summary>
    [Fact]
    public async Task Concurrent_upserts_leave_what_one_of_them_gave()
    {
        await AtOnceAsync(8, async index =>
        {
            await UpsertAsync(Other, Acme with { Tenants = [$"t{index}"], Bundles = ["assessments/ACT"] });
            return index;
        });

        var found = new List<SubmissionTarget>();
        for (var index = 0; index < 8; index++)
        {
            found.Add(await FindAsync("acme", $"t{index}", "assessments/ACT", "2526"));
        }

        Assert.Single(found, target => target.TenantExists);
        Assert.All(found, target => Assert.True(target.BundleEnabled));
        AssertSame(new SubmissionTarget(true, true, Other.Ods), await FindAsync("other", "north", "assessments/IB", "2526"));
    }

    private Task UpsertAsync(params Partner[] partners) => Fixture.Partners.UpsertAsync(partners, Cancellation);

    private Task<SubmissionTarget> FindAsync(string partner, string tenant, string bundle, string year) =>
        Fixture.Partners.FindAsync(new SubmissionQuery(partner, tenant, bundle, year), Cancellation);
}
