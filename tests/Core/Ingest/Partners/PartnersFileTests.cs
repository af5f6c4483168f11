using Switchyard.Ingest.Yaml;

namespace Switchyard.Ingest.Partners;

public sealed class PartnersFileTests
{
    [Fact]
    public void A_whole_file_is_read()
    {
        const string Text = """
            partners:
              - code: acme
                name: Acme Schools
                tenants: [acme, acme-west]
                bundles: [assessments/PSAT_SAT, assessments/ACT]
                ods:
                  - { tenant: acme, schoolYear: "2526", url: "https://ods.example.org/2526", clientId: ODS_ACME_ID, clientSecret: ODS_ACME_SECRET, retired: false }
                  - { tenant: acme, schoolYear: "2526", url: "https://old.example.org/2526", retired: true }
              - code: other
            """;

        var partners = PartnersFile.Read(Text, "partners.yml");

        Partner[] expected =
        [
            new()
            {
                Code = "acme",
                Name = "Acme Schools",
                Tenants = ["acme", "acme-west"],
                Bundles = ["assessments/PSAT_SAT", "assessments/ACT"],
                Ods =
                [
                    new() { Tenant = "acme", SchoolYear = "2526", Url = "https://ods.example.org/2526", ClientIdVariable = "ODS_ACME_ID", ClientSecretVariable = "ODS_ACME_SECRET" },
                    new() { Tenant = "acme", SchoolYear = "2526", Url = "https://old.example.org/2526", Retired = true },
                ],
            },
            new() { Code = "other", Name = "other" },
        ];
        Assert.Equivalent(expected, partners, strict: true);
    }

    [Theory]
    [InlineData("partners: [{code: 'a b'}]", "partners.yml: partners[0]: 'code' is 'a b', which isn't [A-Za-z0-9_-]{1,64}, such as: code: acme")]
    [InlineData("partners: [{name: x}]", "partners.yml: partners[0]: 'code' is ''")]
    [InlineData("partners: [{code: a}, {code: b, tenants: [ok, 'no/good']}]", "partners.yml: partners[1] (b): 'tenants' is 'no/good'")]
    [InlineData("partners: [{code: a, tenants: [t], ods: [{tenant: u, schoolYear: '2526', url: 'https://x'}]}]", "partners.yml: partners[0] (a): ods[0]: 'tenant' is 'u', which isn't among")]
    [InlineData("partners: [{code: a, tenants: [t], ods: [{tenant: t, schoolYear: '2527', url: 'https://x'}]}]", "partners.yml: partners[0] (a): ods[0]: 'schoolYear' is '2527'")]
    [InlineData("partners: [{code: a, tenants: [t], ods: [{tenant: t, schoolYear: '2526', url: 'ftp://x'}]}]", "partners.yml: partners[0] (a): ods[0]: 'url' isn't an http(s) URL")]
    [InlineData("partners: [{code: a, tenants: [t], ods: [{tenant: t, schoolYear: '2526', url: 'https://x'}, {tenant: t, schoolYear: '2526', url: 'https://y'}]}]", "partners.yml: partners[0] (a): two live ods for tenant and school year t 2526")]
    [InlineData("partners: [{code: a}, {code: a}]", "partners.yml: the partner 'a' is there twice")]
    [InlineData("partners: [{code: a, tenats: [t]}]", "partners.yml: line 1:")]
    [InlineData("{}", "partners.yml: it has no list 'partners', such as: partners:")]
    [InlineData("partners: [{code: a, bundles: ['']}]", "partners.yml: partners[0] (a): 'bundles' has a blank entry")]
    public void A_fault_is_one_line_naming_file_and_entry(string text, string begins)
    {
        var message = Assert.Throws<YamlReadException>(() => PartnersFile.Read(text, "partners.yml")).Message;

        Assert.StartsWith(begins, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void The_sample_is_acme_with_one_live_ods()
    {
        var partner = Assert.Single(PartnersStartup.Read(new IngestOptions { UseSample = true }));

        Assert.Equal(("acme", "2526"), (partner.Code, Assert.Single(partner.Ods).SchoolYear));
        Assert.Equal(["acme", "acme-west"], partner.Tenants);
        Assert.Empty(PartnersStartup.Read(new IngestOptions()));
    }
}
