using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>The verb <c>demo</c>.</summary>
internal static partial class DemoCommand
{
    private const string DefaultKey = "INPUT_FILE";

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var url = new Option<Uri?>("--url") { Description = "Use the host at this URL (it must run in Development) instead of starting one." };
        var file = new Option<string[]>("--file") { Description = "Your own file, as PATH or KEY=PATH (KEY is INPUT_FILE unless given); repeatable.", HelpName = "[KEY=]PATH" };
        var bundle = Checked("--bundle", DemoOptions.SampleBundle, "The bundle of your file.", IsBundle);
        var param = new Option<string[]>("--param") { Description = "A parameter of the bundle; repeatable.", HelpName = "KEY=VALUE" };
        var rows = new Option<int>("--rows") { Description = "How many rows the generated file has.", DefaultValueFactory = _ => new DemoOptions().Rows };
        var folder = new Option<string?>("--folder") { Description = "The folder that keeps everything, instead of a temporary one." };
        var partner = Checked("--partner", "acme", "The partner's code.", IsCode);
        var tenant = Checked("--tenant", "acme", "The tenant's code.", IsCode);
        var year = Checked("--school-year", "2526", "The school year, such as 2526 for 2025-26.", IsYear);
        param.Validators.Add(result => Require(result, Pairs(result.Tokens).All(pair => pair.Key.Length > 0), "--param takes KEY=VALUE"));
        rows.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() is > 0 and <= 10_000_000, "--rows takes a number from 1 to 10000000"));
        var command = new Command("demo", "Runs the main job end to end: token, job, upload, start, and what came of it.") { url, file, bundle, param, rows, folder, partner, tenant, year };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new DemoOptions
            {
                Url = parsed.GetValue(url),
                Files = (parsed.GetValue(file) ?? []).Select(SplitFile).DistinctBy(pair => pair.Key).ToDictionary(),
                Bundle = parsed.GetValue(bundle)!,
                Params = (parsed.GetValue(param) ?? []).Select(SplitPair).DistinctBy(pair => pair.Key).ToDictionary(),
                Rows = parsed.GetValue(rows),
                Folder = parsed.GetValue(folder),
                Partner = parsed.GetValue(partner)!,
                Tenant = parsed.GetValue(tenant)!,
                SchoolYear = parsed.GetValue(year)!,
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var display = new DemoDisplay(DemoDisplay.Open(Console.Out, Console.IsOutputRedirected));
        return await new DemoRun(display, TimeProvider.System, Environment.GetEnvironmentVariable).RunAsync(options, stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static Option<string> Checked(string name, string otherwise, string description, Func<string, bool> isGood)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result => Require(result, isGood(result.GetValueOrDefault<string>() ?? ""), $"{name} is malformed; example: {name} {otherwise}"));
        return option;
    }

    private static void Require(OptionResult result, bool holds, string otherwise)
    {
        if (!holds)
        {
            result.AddError(otherwise);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<Token> tokens) => tokens.Select(token => SplitPair(token.Value));

    private static KeyValuePair<string, string> SplitPair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? KeyValuePair.Create("", text) : KeyValuePair.Create(text[..at], text[(at + 1)..]);
    }

    private static KeyValuePair<string, string> SplitFile(string text) =>
        KeyedFile().IsMatch(text) ? SplitPair(text) : KeyValuePair.Create(DefaultKey, text);

    private static bool IsBundle(string text) => BundleName().IsMatch(text);

    private static bool IsCode(string text) => Code().IsMatch(text);

    private static bool IsYear(string text) => text.Length == 4 && text.All(char.IsAsciiDigit);

    [GeneratedRegex("^[A-Z][A-Z0-9_]*=", RegexOptions.CultureInvariant)]
    private static partial Regex KeyedFile();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*/[A-Za-z0-9_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BundleName();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
