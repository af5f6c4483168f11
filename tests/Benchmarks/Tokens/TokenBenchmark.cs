using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Tokens;

namespace Switchyard.Benchmarks.Tokens;

/// <summary>Compares token validation with a bare RSA-2048 verification of the same bytes.</summary>
internal sealed class TokenBenchmark : IBenchmark
{
    // What .NET's RSA-2048 verification was measured at, a second, on the machine that the bounds were set on.
    private const double ReferenceOneThread = 45_337;
    private const double ReferenceTwoThreads = 90_416;
    private const double LeastShareOfReference = 0.7;
    private const int Rounds = 9;

    public string Name => "tokens";

    public string Summary => "validating a token in 1.8 x a raw RSA-2048 verify, remembered 0.1 x; two threads at 1.7 x one";

    public async Task<Verdict> RunAsync(string[] args)
    {
        _ = args;
        var set = TokenBenchmarkSet.Create();
        await using var fresh = BuildValidator(set, remembered: 1);
        await using var remembering = BuildValidator(set, remembered: 4096);
        var first = fresh.GetRequiredService<TokenValidators>().Get("benchmark");
        var again = remembering.GetRequiredService<TokenValidators>().Get("benchmark");

        var raw = new Series("raw RSA-2048 verify, 1 thread", threads: 1, (thread, index) => set.VerifyRaw(thread, index));
        var rawTwo = new Series("raw RSA-2048 verify, 2 threads", threads: 2, (thread, index) => set.VerifyRaw(thread, index));
        var one = new Series("validate, first time, 1 thread", threads: 1, (_, index) => Validate(first, set.Tokens[index]));
        var two = new Series("validate, first time, 2 threads", threads: 2, (_, index) => Validate(first, set.Tokens[index]));
        var known = new Series("validate, remembered, 1 thread", threads: 1, (_, index) => Validate(again, set.Tokens[index]), operations: 40_000);
        Series[] all = [raw, one, two, rawTwo, known];

        // Rounds alternate, so that whatever else runs on the machine meets all of them alike.
        Array.ForEach(all, series => series.Run(record: false));
        Array.ForEach(all, series => series.Run(record: false));
        for (var round = 0; round < Rounds; round++)
        {
            Array.ForEach(all, series => series.Run(record: true));
        }

        Array.ForEach(all, series => Print($"{series.Name,-34} {series.PerSecond,10:N0}/s  {1e6 / series.PerSecond,8:F2} us each, median of {Rounds}"));
        var isVoid = IsVoid(raw, ReferenceOneThread);
        var isVoidForTwo = IsVoid(rawTwo, ReferenceTwoThreads) || isVoid;
        Print($"raw verify, 2 threads / 1 thread: {rawTwo.Over(raw):F2}");
        return new[]
        {
            Judge("first time / raw verify", raw.Over(one), isVoid, most: 1.8),
            Judge("first time, 2 threads / 1 thread", two.Over(one), isVoidForTwo, least: 1.7),
            Judge("remembered / raw verify", raw.Over(known), isVoid, most: 0.1),
        }.Max();
    }

    private static void Validate(ITokenValidator validator, string token)
    {
        var result = validator.ValidateAsync(token);
        if (!result.IsCompletedSuccessfully || result.Result is not TokenResult.Valid)
        {
            throw new InvalidOperationException("A good token was not valid at once.");
        }
    }

    // One remembered token is as good as none here: 64 tokens take turns, so each is new again when its turn comes.
    private static ServiceProvider BuildValidator(TokenBenchmarkSet set, int remembered)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<ITokenKeySource>("benchmark", set);
        services.AddTokens().AddOidcIssuer("benchmark", options =>
        {
            options.Issuer = TokenBenchmarkSet.Issuer;
            options.Audience = TokenBenchmarkSet.Audience;
            options.RememberedTokens = remembered;
        });
        return services.BuildServiceProvider();
    }

    // A machine that is busy with other things can't tell; on one thread it may do what it can't on two.
    private static bool IsVoid(Series raw, double reference)
    {
        Print($"{raw.Name}: {raw.PerSecond / reference:F2} of the reference {reference:N0}/s (void under {LeastShareOfReference:F1})");
        return raw.PerSecond < LeastShareOfReference * reference;
    }

    private static Verdict Judge(string what, double ratio, bool isVoid, double? least = null, double? most = null)
    {
        var isMet = (least is null || ratio >= least) && (most is null || ratio <= most);
        var verdict = isVoid ? Verdict.Void : isMet ? Verdict.Pass : Verdict.Fail;
        Print($"{verdict.ToString().ToUpperInvariant()}  {what}: {ratio:F3} ({(least is null ? $"at most {most:F1}" : $"at least {least:F1}")})");
        return verdict;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
