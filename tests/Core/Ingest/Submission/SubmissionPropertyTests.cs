using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Ingest.Bundles;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Ingest.Submission;

public sealed class SubmissionPropertyTests
{
    private static readonly string[] Keys = ["A", "B", "C", "API_YEAR"];

    // P-BU1: accepted exactly when the keys hold the required ones, are among the declared ones, and values are allowed.
    [Fact]
    public void Files_and_params_are_good_exactly_when_the_bundle_says_so()
    {
        var subset = Gen.Elements(Keys).ArrayOf(4).Select(keys => keys.Distinct().ToArray());
        var file = from key in subset from required in Gen.Elements(true, false).ListOf(4) select key.Zip(required).Select(pair => new BundleFile { Key = pair.First, IsRequired = pair.Second }).ToArray();
        var param = from key in subset
                    from required in Gen.Elements(true, false).ListOf(4)
                    from restricted in Gen.Elements(true, false).ListOf(4)
                    select key.Zip(required, restricted).Select(entry => new BundleParam { Key = entry.First, IsRequired = entry.Second, AllowedValues = entry.Third ? ["x", "y"] : null }).ToArray();
        var values = Gen.Elements(ParamValue.Of("x"), ParamValue.Of("y"), ParamValue.Of("z"), ParamValue.Null, ParamValue.Other);
        var gen = from files in file
                  from parameters in param
                  from stray in Gen.Choose(0, 4)
                  from given in subset
                  from givenValues in values.ListOf(4)
                  from named in subset
                  let aligned = stray > 0
                  select (
                      Bundle: new Bundle { DisplayName = "x", Path = "x", InputFiles = files, InputParams = parameters },
                      Params: (aligned ? given.Where(key => parameters.Any(entry => entry.Key == key)).Union(parameters.Where(entry => entry.IsRequired).Select(entry => entry.Key)) : given)
                          .Select((key, i) => (key, value: aligned && stray > 1 ? ParamValue.Of("x") : givenValues[i % 4])).ToDictionary(entry => entry.key, entry => entry.value),
                      Files: (aligned ? files.Select(entry => entry.Key) : named).ToDictionary(key => key, _ => "f.csv"));

        Property.Holds(gen, value => Expected(value.Bundle, value.Params, value.Files) ? "good" : "bad", ["good", "bad"], value =>
        {
            var request = IngestHost.Sat() with { Params = value.Params, Files = value.Files };
            Assert.Equal(Expected(value.Bundle, value.Params, value.Files), SubmissionRules.Inputs(request, value.Bundle) is null);
        });
    }

    // P-PS1 to 3: keys are of one shape, never twice the same, and independent of what a client writes.
    [Fact]
    public void Object_keys_are_of_one_shape_and_hold_nothing_of_a_name()
    {
        const string Alphabet = "abcxyzABCXYZ0129_-";
        var code = Gen.Choose(1, 64).SelectMany(length => Gen.Elements(Alphabet.ToCharArray()).ArrayOf(length)).Select(chars => new string(chars));
        var gen = from partner in code from tenant in code select (partner, tenant);
        var seen = new HashSet<string>();
        var shape = new Regex("^jobs/[A-Za-z0-9_-]+/[A-Za-z0-9_-]+/[0-9a-f-]{36}/(input/)?[0-9a-f-]{36}$");

        Property.Holds(gen, value => value.partner.Length > 32 ? "long" : "short", ["long", "short"], value =>
        {
            var prefix = IngestObjectKeys.Prefix(value.partner, value.tenant, Guid.NewGuid());
            string[] keys = [IngestObjectKeys.Input(prefix, Guid.NewGuid()), IngestObjectKeys.Frozen(prefix, Guid.NewGuid())];
            Assert.All(keys, key => Assert.Matches(shape, key));
            Assert.All(keys, key => Assert.True(seen.Add(key)));
            Assert.Equal(value.partner, keys[0].Split('/')[1]);
            Assert.Equal(value.tenant, keys[0].Split('/')[2]);
        });
    }

    [Fact]
    public void Nothing_but_a_code_becomes_part_of_a_key()
    {
        var gen = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
            Gen.Elements("../x", "a/b", "a b", "", "é", "a\n", new string('a', 65), "acme%2f"));

        Property.Holds(gen, text => Regex.IsMatch(text, @"\A[A-Za-z0-9_-]{1,64}\z") ? "code" : "other", ["other"], text =>
        {
            if (!Regex.IsMatch(text, @"\A[A-Za-z0-9_-]{1,64}\z"))
            {
                Assert.Throws<ArgumentException>(() => IngestObjectKeys.Prefix("acme", text, Guid.NewGuid()));
                Assert.Throws<ArgumentException>(() => IngestObjectKeys.Prefix(text, "acme", Guid.NewGuid()));
            }
        });
    }

    [Fact]
    public async Task Keys_of_a_job_do_not_depend_on_file_names()
    {
        await using var host = await IngestHost.StartAsync();
        var gen = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "");

        Property.Holds(gen, text => SubmissionRules.IsFileName(text) ? "good" : "bad", ["good", "bad"], async name =>
        {
            var result = await host.SubmitAsync(IngestHost.Sat() with { Files = new Dictionary<string, string> { ["INPUT_FILE"] = name } });
            if (result is SubmitResult.Accepted accepted)
            {
                Assert.Matches($"^jobs/acme/acme/{accepted.Job.Uid}/input/[0-9a-f-]{{36}}$", accepted.Job.Files[0].ObjectKey);
            }

            Assert.Equal(SubmissionRules.IsFileName(name), result is SubmitResult.Accepted);
        });
    }

    private static bool Expected(Bundle bundle, Dictionary<string, ParamValue> given, Dictionary<string, string> files)
    {
        bool Has(string key) => given.TryGetValue(key, out var value) && (value.Text is not null || value.IsOther);
        var paramsGood = given.Keys.All(key => bundle.InputParams.Any(param => param.Key == key))
            && bundle.InputParams.All(param => !param.IsRequired || param.Key == "API_YEAR" || Has(param.Key))
            && bundle.InputParams.All(param => !Has(param.Key) || (!given[param.Key].IsOther && param.AllowedValues?.Contains(given[param.Key].Text!) != false));
        return paramsGood
            && files.Keys.All(key => bundle.InputFiles.Any(file => file.Key == key))
            && bundle.InputFiles.All(file => !file.IsRequired || files.ContainsKey(file.Key));
    }
}
