using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Scheduling.Rendering;

public sealed class BodyTemplateTests
{
    private static readonly string[] Known = ["job_id", "job_name", "execution_id", "attempt", "scheduled_at", "now"];
    private static readonly TemplateValues Values = new(
        Guid.Parse("11111111-1111-4111-8111-111111111111"), "Daily \"Backup\"\n{{now}}", Guid.Parse("22222222-2222-4222-8222-222222222222"), 2,
        new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 2, 8, 0, 1, 250, TimeSpan.Zero));

    [Theory]
    [InlineData("{{job_id}}", "11111111-1111-4111-8111-111111111111")]
    [InlineData("{{execution_id}}/{{attempt}}", "22222222-2222-4222-8222-222222222222/2")]
    [InlineData("{{scheduled_at}} {{now}}", "2026-03-02T08:00:00Z 2026-03-02T08:00:01.25Z")]
    [InlineData("{{job_name}}", "Daily \"Backup\"\n{{now}}")]
    [InlineData("{{{attempt}}}", "{2}")]
    [InlineData("{{{{attempt}}}}", "{{2}}")]
    [InlineData("{{ attempt }}", "{{ attempt }}")]
    [InlineData("{{Attempt}} {{constructor}} {{7*7}} ${7*7} #{x} <%= %>", "{{Attempt}} {{constructor}} {{7*7}} ${7*7} #{x} <%= %>")]
    [InlineData("{{attempt", "{{attempt")]
    [InlineData("{{{{", "{{{{")]
    [InlineData("}}{{", "}}{{")]
    [InlineData("", "")]
    public void Known_tokens_are_filled_and_all_else_stays(string template, string body) =>
        Assert.Equal(body, BodyTemplate.Render(template, Values, isJson: false));

    [Fact]
    public void Values_are_escaped_to_stand_in_a_JSON_string()
    {
        var body = BodyTemplate.Render("""{"name":"{{job_name}}","attempt":{{attempt}}}""", Values, isJson: true)!;

        using var json = JsonDocument.Parse(body);
        Assert.Equal(Values.JobName, json.RootElement.GetProperty("name").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("attempt").GetInt32());
    }

    [Fact]
    public void Body_that_outgrows_its_limit_is_refused()
    {
        var values = Values with { JobName = new string('x', 255) };
        var template = string.Concat(Enumerable.Repeat("{{job_name}}", 256 * 1024 / 12));

        Assert.Null(BodyTemplate.Render(template, values, isJson: false));
        Assert.NotNull(BodyTemplate.Render(template[..(12 * 4000)], values, isJson: false));
    }

    // P-WH1 and P-WH2: what comes out is what an independent reading of the template says, values and all.
    [Fact]
    public void Rendering_is_one_pass_and_values_appear_literally() => Property.Holds(
        Templates(),
        sample => sample.Parts.Any(part => part.IsToken) ? sample.Name.Contains("{{", StringComparison.Ordinal) ? "value with a token" : "token" : "plain",
        ["value with a token", "token", "plain"],
        sample =>
        {
            var values = Values with { JobName = sample.Name };
            var expected = string.Concat(sample.Parts.Select(part => part.IsToken ? Value(part.Text, values) : part.Text));

            Assert.Equal(expected, BodyTemplate.Render(string.Concat(sample.Parts.Select(part => part.Written)), values, isJson: false));
        });

    [Fact]
    public void JSON_template_with_tokens_in_strings_makes_JSON() => Property.Holds(
        Templates(),
        sample => sample.Name.Any(c => c is '"' or '\\' || char.IsControl(c)) ? "needs escapes" : "plain",
        ["needs escapes", "plain"],
        sample =>
        {
            var values = Values with { JobName = sample.Name };
            var tokens = sample.Parts.Where(part => part.IsToken).ToArray();
            var template = $"[{string.Join(',', tokens.Select(part => $"\"a {part.Written} b\""))}]";

            using var json = JsonDocument.Parse(BodyTemplate.Render(template, values, isJson: true)!);

            Assert.Equal(tokens.Select(part => $"a {Value(part.Text, values)} b"), json.RootElement.EnumerateArray().Select(element => element.GetString()!));
        });

    private static string Value(string token, TemplateValues values) => token switch
    {
        "job_id" => values.JobId.ToString(),
        "job_name" => values.JobName,
        "execution_id" => values.ExecutionId.ToString(),
        "attempt" => "2",
        "scheduled_at" => "2026-03-02T08:00:00Z",
        _ => "2026-03-02T08:00:01.25Z",
    };

    private static Gen<Sample> Templates()
    {
        // Plain parts end in a character that can't begin a token, so that parts don't make tokens together.
        var plain = Gen.Elements("x", "{ ", "{{ ", "{{x}} ", "}} ", "{{{{nope}}}} ", "ö😀 ", "{{job_idx}} ").Select(text => new Part(text, false));
        var token = Gen.Elements(Known).Select(name => new Part(name, true));
        var name = Gen.Elements("Backup", "{{now}}", "{{job_id}}{{", "a\"b\\c", "line\nline\t", "ünï 😀", "\u2028{{attempt}}");
        return from parts in Gen.ListOf(Gen.Frequency((2, plain), (2, token))) from value in name select new Sample([.. parts], value);
    }

    private sealed record Part(string Text, bool IsToken)
    {
        public string Written => IsToken ? "{{" + Text + "}}" : Text;
    }

    private sealed record Sample(Part[] Parts, string Name);
}
