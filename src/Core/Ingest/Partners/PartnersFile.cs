using Switchyard.Ingest.Yaml;
using YamlDotNet.Serialization;

namespace Switchyard.Ingest.Partners;

/// <summary>Reads a file of partners. Every problem is a <see cref="YamlReadException"/> of one line: file, entry, example.</summary>
internal static class PartnersFile
{
    public static IReadOnlyList<Partner> Read(string text, string source)
    {
        var file = YamlText.Read<YamlFile>(text, source);
        if (file.Partners is null)
        {
            throw new YamlReadException($"{source}: it has no list 'partners', such as: partners: [{{ code: acme, name: Acme Schools, tenants: [acme] }}]");
        }

        var partners = file.Partners.Select((entry, index) => Partner(entry ?? new(), $"{source}: partners[{index}]")).ToArray();
        return Unique(partners.Select(partner => partner.Code)) is { } twice
            ? throw new YamlReadException($"{source}: the partner '{twice}' is there twice.")
            : partners;
    }

    private static Partner Partner(YamlPartner entry, string where)
    {
        Code(entry.Code, "code", where);
        where = $"{where} ({entry.Code})";
        foreach (var tenant in entry.Tenants ?? [])
        {
            Code(tenant, "tenants", where);
        }

        var bundles = entry.Bundles ?? [];
        if (bundles.Any(string.IsNullOrWhiteSpace))
        {
            throw new YamlReadException($"{where}: 'bundles' has a blank entry, such as: bundles: [assessments/ACT]");
        }

        return new Partner
        {
            Code = entry.Code!,
            Name = entry.Name ?? entry.Code!,
            Tenants = [.. (entry.Tenants ?? []).Distinct(StringComparer.Ordinal)],
            Bundles = [.. bundles.Distinct(StringComparer.Ordinal)],
            Ods = Stores(entry, where),
        };
    }

    private static Ods[] Stores(YamlPartner entry, string where)
    {
        var stores = (entry.Ods ?? []).Select((ods, index) => Store(ods ?? new(), entry, $"{where}: ods[{index}]")).ToArray();
        var twice = Unique(stores.Where(ods => !ods.Retired).Select(ods => $"{ods.Tenant} {ods.SchoolYear}"));
        return twice is null
            ? stores
            : throw new YamlReadException($"{where}: two live ods for tenant and school year {twice}; say 'retired: true' for one of them.");
    }

    private static Ods Store(YamlOds entry, YamlPartner partner, string where)
    {
        Code(entry.Tenant, "tenant", where);
        if (!(partner.Tenants ?? []).Contains(entry.Tenant!, StringComparer.Ordinal))
        {
            throw new YamlReadException($"{where}: 'tenant' is '{entry.Tenant}', which isn't among the partner's 'tenants'.");
        }

        if (!SchoolYear.TryParse(entry.SchoolYear, SchoolYearFormat.Y1Y2, out var year))
        {
            throw new YamlReadException($"{where}: 'schoolYear' is '{entry.SchoolYear}', which isn't of the form Y1Y2, such as: schoolYear: \"2526\"");
        }

        if (!Uri.TryCreate(entry.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new YamlReadException($"{where}: 'url' isn't an http(s) URL, such as: url: \"https://ods.example.org/2526\"");
        }

        return new Ods
        {
            Tenant = entry.Tenant!,
            SchoolYear = year.ToString(),
            Url = entry.Url!,
            ClientIdVariable = entry.ClientId,
            ClientSecretVariable = entry.ClientSecret,
            Retired = entry.Retired,
        };
    }

    private static void Code(string? code, string key, string where)
    {
        if (!IngestCodes.IsCode(code))
        {
            throw new YamlReadException($"{where}: '{key}' is '{code}', which isn't {IngestCodes.Grammar}, such as: {key}: {(key == "tenants" ? "[acme]" : "acme")}");
        }
    }

    private static string? Unique(IEnumerable<string> keys) =>
        keys.GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;

    private sealed class YamlFile
    {
        [YamlMember(Alias = "partners")]
        public List<YamlPartner?>? Partners { get; set; }
    }

    private sealed class YamlPartner
    {
        [YamlMember(Alias = "code")]
        public string? Code { get; set; }

        [YamlMember(Alias = "name")]
        public string? Name { get; set; }

        [YamlMember(Alias = "tenants")]
        public List<string>? Tenants { get; set; }

        [YamlMember(Alias = "bundles")]
        public List<string>? Bundles { get; set; }

        [YamlMember(Alias = "ods")]
        public List<YamlOds?>? Ods { get; set; }
    }

    private sealed class YamlOds
    {
        [YamlMember(Alias = "tenant")]
        public string? Tenant { get; set; }

        [YamlMember(Alias = "schoolYear")]
        public string? SchoolYear { get; set; }

        [YamlMember(Alias = "url")]
        public string? Url { get; set; }

        [YamlMember(Alias = "clientId")]
        public string? ClientId { get; set; }

        [YamlMember(Alias = "clientSecret")]
        public string? ClientSecret { get; set; }

        [YamlMember(Alias = "retired")]
        public bool Retired { get; set; }
    }
}
