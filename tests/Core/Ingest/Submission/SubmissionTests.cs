using Switchyard.Ingest.Bundles;

namespace Switchyard.Ingest.Submission;

/// <summary>Walks the rules in their order; each refusal also leaves nothing stored.</summary>
public sealed class SubmissionTests
{
    private static readonly string Long = new('x', 1_000_000);

    [Fact]
    public async Task A_good_submission_becomes_a_job_with_one_signed_url_a_file()
    {
        await using var host = await IngestHost.StartAsync();

        var accepted = Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat() with
        {
            Files = new Dictionary<string, string> { ["INPUT_FILE"] = "  my scores (1).csv " },
            Params = new Dictionary<string, ParamValue> { ["TEST_TYPE"] = ParamValue.Of("PSAT 8/9"), ["API_YEAR"] = ParamValue.Null },
        }));

        var job = (await host.Jobs.FindAsync(accepted.Job.Uid, TestContext.Current.CancellationToken))!;
        Assert.Equal(("acme", "acme", "assessments/PSAT_SAT", "2526"), (job.Partner, job.Tenant, job.Bundle, job.SchoolYear));
        Assert.Equal(("INPUT_FILE", "my scores (1).csv"), (job.Files.Single().Key, job.Files.Single().Name));
        Assert.Equal(new Dictionary<string, string> { ["TEST_TYPE"] = "PSAT 8/9" }, job.Params);
        Assert.Equal("PSAT/SAT (sample)", BundleReader.FromJson(job.BundleSnapshot).DisplayName);
        Assert.Equal($"jobs/acme/acme/{job.Uid}", job.StoragePrefix);
        Assert.Equal("client-1", job.Client.ClientId);
        Assert.Equal(host.Clock.GetUtcNow(), job.CreatedAt);
        Assert.Contains(job.Files[0].ObjectKey, Assert.Single(accepted.UploadUrls).Value.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal([new(TimeSpan.FromHours(1), 5L << 30)], host.Blobs.Grants);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("signature", StringComparison.Ordinal));
    }

    public static TheoryData<string, int, string, string> Refusals => new()
    {
        { "partner other", 403, "partner_not_granted", "The token does not grant the partner other." },
        { "partner empty", 403, "partner_not_granted", "The token does not grant the partner ." },
        { "tenant nobody", 400, "tenant_not_found", "The tenant nobody does not exist for this partner." },
        { "tenant ../x", 400, "tenant_not_found", "The tenant ../x does not exist for this partner." },
        { "tenant nul", 400, "tenant_not_found", "The tenant a?b does not exist for this partner." },
        { "bundle assessments/ACT", 400, "bundle_not_enabled", "The bundle assessments/ACT was not found or is not enabled for this partner." },
        { "bundle assessments/psat_sat", 400, "bundle_not_enabled", "The bundle assessments/psat_sat was not found or is not enabled for this partner." },
        { "bundle /assessments/PSAT_SAT", 400, "bundle_not_enabled", "The bundle /assessments/PSAT_SAT was not found or is not enabled for this partner." },
        { "year 2627", 400, "ods_not_found", "No ODS is set up for tenant acme and school year 2627." },
        { "year 2527", 400, "invalid_school_year", "2527 is not a school year, such as 2526 for 2025-26." },
        { "year 9900", 400, "ods_not_found", "No ODS is set up for tenant acme and school year 9900." },
        { "year ２５２６", 400, "invalid_school_year", "２５２６ is not a school year, such as 2526 for 2025-26." },
        { "no params", 400, "missing_required_params", "Required params are missing: TEST_TYPE." },
        { "null param", 400, "missing_required_params", "Required params are missing: TEST_TYPE." },
        { "wrong param", 400, "invalid_param_values", "These params have values that are not allowed: TEST_TYPE (allowed: PSAT 8/9 | PSAT 10 | PSAT/NMSQT | SAT)." },
        { "empty param", 400, "invalid_param_values", "These params have values that are not allowed: TEST_TYPE (allowed: PSAT 8/9 | PSAT 10 | PSAT/NMSQT | SAT)." },
        { "number param", 400, "invalid_param_values", "These params have values that are not allowed: TEST_TYPE (allowed: PSAT 8/9 | PSAT 10 | PSAT/NMSQT | SAT)." },
        { "nul year param", 400, "invalid_param_values", "These params have values that are not allowed: API_YEAR." },
        { "long year param", 400, "invalid_param_values", "These params have values that are not allowed: API_YEAR." },
        { "more params", 400, "unexpected_params", "The bundle takes no such params: FORMAT, __proto__." },
        { "more files", 400, "unexpected_files", "The bundle takes no such files: ../X, INPUT_FILE ." },
        { "no files", 400, "missing_required_files", "Required files are missing: INPUT_FILE." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_bad_submission_is_refused_by_the_first_rule_that_it_breaks(string what, int status, string code, string message)
    {
        await using var host = await IngestHost.StartAsync();

        Assert.Equal(new IngestRefusal(status, code, message), await host.RefusalAsync(Bad(what)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("../../x.csv")]
    [InlineData("a/b.csv")]
    [InlineData("C:\\x")]
    [InlineData("\\\\host\\share")]
    [InlineData(".")]
    [InlineData(" .. ")]
    [InlineData("x\0.csv")]
    [InlineData("x\r\n.csv")]
    [InlineData("x\u0085.csv")]
    public async Task A_name_with_a_path_or_control_characters_is_refused(string name)
    {
        await using var host = await IngestHost.StartAsync();

        var refusal = await host.RefusalAsync(IngestHost.Sat() with { Files = new Dictionary<string, string> { ["INPUT_FILE"] = name } });

        Assert.Equal((400, "invalid_file_names"), (refusal.Status, refusal.Code));
        Assert.EndsWith("these are not: INPUT_FILE.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_half_a_character_is_refused() => Assert.False(SubmissionRules.IsFileName("a\ud800.csv"));

    [Theory]
    [InlineData("con.csv")]
    [InlineData("x\";y.csv")]
    [InlineData("%2e%2e%2f")]
    [InlineData("\u202Ecsv.x")]
    [InlineData("ünïcode 🎓.csv")]
    [InlineData("$(id).csv")]
    public async Task Any_other_name_is_kept_to_be_shown(string name)
    {
        await using var host = await IngestHost.StartAsync();

        var accepted = Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(
            IngestHost.Sat() with { Files = new Dictionary<string, string> { ["INPUT_FILE"] = name } }));

        Assert.Equal(name, accepted.Job.Files[0].Name);
    }

    [Fact]
    public async Task Names_of_256_characters_and_texts_of_a_million_are_refused_in_few_words()
    {
        await using var host = await IngestHost.StartAsync();
        var granted = IngestHost.Caller($"partner:acme partner:{Long} partner:acme/../other");

        IngestRefusal[] refusals =
        [
            await host.RefusalAsync(IngestHost.Sat() with { Files = new Dictionary<string, string> { ["INPUT_FILE"] = new('x', 256) } }),
            await host.RefusalAsync(IngestHost.Sat() with { Files = Enumerable.Range(0, 1001).ToDictionary(i => $"{i}{Long[..1000]}", _ => "x") }),
            await host.RefusalAsync(IngestHost.Sat() with { Partner = Long }),
            await host.RefusalAsync(IngestHost.Sat() with { Partner = Long }, granted),
            await host.RefusalAsync(IngestHost.Sat() with { Partner = "acme/../other" }, granted),
            await host.RefusalAsync(IngestHost.Sat() with { Tenant = Long }),
            await host.RefusalAsync(IngestHost.Sat() with { Bundle = Long }),
            await host.RefusalAsync(IngestHost.Sat() with { Bundle = "assessments/X\0" }),
            await host.RefusalAsync(IngestHost.Sat() with { SchoolYear = Long }),
        ];

        Assert.Equal([400, 400, 403, 400, 400, 400, 400, 400, 400], refusals.Select(refusal => refusal.Status));
        Assert.All(refusals, refusal => Assert.InRange(refusal.Message.Length, 1, 3000));
    }

    [Fact]
    public async Task Our_own_set_up_is_blamed_for_an_unregistered_bundle_and_for_two_data_stores()
    {
        await using var host = await IngestHost.StartAsync();
        Ods ods = new() { Tenant = "acme", SchoolYear = "2526", Url = "https://ods.example.org" };
        var partner = new Partner { Code = "acme", Name = "Acme", Tenants = ["acme", "west"], Bundles = ["assessments/Gone", "assessments/PSAT_SAT"], Ods = [ods, ods with { Tenant = "west" }, ods with { Tenant = "west" }] };
        await host.UseAsync<IPartnerDirectory, bool>(async directory =>
        {
            await directory.UpsertAsync([partner], TestContext.Current.CancellationToken);
            return true;
        });

        Assert.Equal((500, "bundle_not_in_registry"), Short(await host.RefusalAsync(IngestHost.Sat() with { Bundle = "assessments/Gone" })));
        Assert.Equal((500, "ods_ambiguous"), Short(await host.RefusalAsync(IngestHost.Sat() with { Tenant = "west" })));
        Assert.Equal(2, host.Logs.Lines.Count(line => line.StartsWith("Error 11 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_registry_that_cannot_be_read_is_our_fault_and_says_no_path()
    {
        await using var host = await IngestHost.StartAsync(options => options.BundlesPath = "/nowhere/registry.json");

        var refusal = await host.RefusalAsync(IngestHost.Sat());

        Assert.Equal(new IngestRefusal(500, "bundles_unavailable", "The bundle registry can't be read."), refusal);
    }

    [Fact]
    public async Task A_blob_store_that_is_down_is_503_and_nothing_is_stored()
    {
        await using var host = await IngestHost.StartAsync();
        host.Blobs.IsDown = true;

        Assert.Equal((503, "blob_store_unavailable"), Short(await host.RefusalAsync(IngestHost.Sat())));
    }

    [Fact]
    public async Task End_years_are_taken_where_they_are_chosen_and_stored_as_two_years()
    {
        await using var host = await IngestHost.StartAsync(options => options.SchoolYearFormat = SchoolYearFormat.EndYear);

        Assert.Equal("2526", Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat() with { SchoolYear = "2026" })).Job.SchoolYear);
        Assert.Equal("invalid_school_year", Assert.IsType<SubmitResult.Refused>(await host.SubmitAsync(IngestHost.Sat())).Refusal.Code);
    }

    [Fact]
    public async Task Reading_and_listing_stay_inside_of_the_granted_partners()
    {
        await using var host = await IngestHost.StartAsync();
        var first = await host.UploadedAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await host.UploadedAsync();
        Task<ListResult> List(string scope, string? partner, int skip = 0) =>
            host.UseAsync<IngestService, ListResult>(service => service.ListAsync(IngestHost.Caller(scope), partner, skip, 10));

        var all = Assert.IsType<ListResult.Listed>(await List("partner:acme partner:other", null)).Page;
        var rest = Assert.IsType<ListResult.Listed>(await List("partner:acme", "acme", skip: 1)).Page;

        Assert.Equal((2, second.Uid, first.Uid), (all.Total, all.Jobs[0].Uid, all.Jobs[1].Uid));
        Assert.Equal((2, first.Uid), (rest.Total, rest.Jobs.Single().Uid));
        Assert.Equal(0, Assert.IsType<ListResult.Listed>(await List("create:jobs", null)).Page.Total);
        Assert.Equal((403, "partner_not_granted"), Short(Assert.IsType<ListResult.Refused>(await List("partner:other", "acme")).Refusal));
        Assert.Null(await host.UseAsync<IngestService, IngestJob?>(service => service.FindAsync(IngestHost.Caller("partner:other"), first.Uid)));
        Assert.Equal(first.Uid, (await host.UseAsync<IngestService, IngestJob?>(service => service.FindAsync(IngestHost.Acme, first.Uid)))!.Uid);
    }

    private static (int Status, string Code) Short(IngestRefusal refusal) => (refusal.Status, refusal.Code);

    private static SubmitJob Bad(string what)
    {
        var good = IngestHost.Sat();
        Dictionary<string, ParamValue> Sat(string key, ParamValue value) => new(good.Params) { [key] = value };
        return what.Split(' ', 2) switch
        {
            ["partner", "empty"] => good with { Partner = "" },
            ["partner", var code] => good with { Partner = code },
            ["tenant", "nul"] => good with { Tenant = "a\0b" },
            ["tenant", var code] => good with { Tenant = code },
            ["bundle", var key] => good with { Bundle = key },
            ["year", var year] => good with { SchoolYear = year },
            ["no", "params"] => good with { Params = new Dictionary<string, ParamValue>() },
            ["null", _] => good with { Params = Sat("TEST_TYPE", ParamValue.Null) },
            ["wrong", _] => good with { Params = Sat("TEST_TYPE", ParamValue.Of("sat")) },
            ["empty", _] => good with { Params = Sat("TEST_TYPE", ParamValue.Of("")) },
            ["number", _] => good with { Params = Sat("TEST_TYPE", ParamValue.Other) },
            ["nul", _] => good with { Params = Sat("API_YEAR", ParamValue.Of("20\026")) },
            ["long", _] => good with { Params = Sat("API_YEAR", ParamValue.Of(Long)) },
            ["more", "params"] => good with { Params = new Dictionary<string, ParamValue>(Sat("FORMAT", ParamValue.Of("x"))) { ["__proto__"] = ParamValue.Null } },
            ["more", _] => good with { Files = new Dictionary<string, string> { ["INPUT_FILE "] = "x", ["../X"] = "y" } },
            _ => good with { Files = new Dictionary<string, string>() },
        };
    }
}
