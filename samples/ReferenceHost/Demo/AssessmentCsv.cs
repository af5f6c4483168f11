using System.Globalization;
using System.Text;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>Generates a score report like those that schools upload: consistent scores, made-up people, the same bytes every time.</summary>
internal static class AssessmentCsv
{
    private const string Header =
        "AI_CODE,AI_NAME,COHORT_YEAR,DISTRICT_NAME,NAME_LAST,NAME_FIRST,NAME_MI,GENDER,BIRTH_DATE,CB_ID,SECONDARY_ID,GRAD_DATE,"
        + "LATEST_SAT_DATE,LATEST_SAT_GRADE,LATEST_SAT_TOTAL,LATEST_SAT_EBRW,LATEST_SAT_MATH_SECTION,LATEST_SAT_READING,"
        + "LATEST_SAT_WRIT_LANG,LATEST_SAT_MATH_TEST,PERCENTILE_NATREP_SAT_TOTAL,EBRW_CCR_BENCHMARK,MATH_CCR_BENCHMARK";

    // Benchmarks of college and career readiness: the scores from which on a section counts as met.
    private const int EbrwBenchmark = 480;
    private const int MathBenchmark = 530;

    private static readonly string[] Schools = ["Lakeside High", "Roosevelt High", "St. Mary's Academy", "\"Marsh, Thatcher & Lee Charter\"", "Northfield Prep"];
    private static readonly string[] LastNames = ["Nguyen", "Garcia", "Smith", "O'Neil", "\"King, Jr.\"", "Haddad", "Kowalski", "Müller", "Okafor", "Yazzie", "de la Cruz", "Ito"];
    private static readonly string[] FirstNames = ["Ada", "Benito", "Chloë", "Dmitri", "Esperanza", "Femi", "Grace", "Hiro", "Imani", "Jo", "Kateri", "Liam"];

    /// <summary>Writes a file with a header and a number of rows.</summary>
    public static async Task WriteAsync(string path, int rows, CancellationToken cancellationToken)
    {
        var chance = new Chance(seed: 2526);
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n" };
        await file.WriteLineAsync(Header);
        for (var row = 1; row <= rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await file.WriteLineAsync(Row(row, chance));
        }
    }

    private static string Row(int row, Chance chance)
    {
        var school = chance.Below(Schools.Length);
        var grade = 10 + chance.Below(3);
        var (reading, writing, math) = (Score(chance), Score(chance), Score(chance));
        var (ebrw, section) = ((reading + writing) * 10, math * 20);
        var graduation = 2026 + (12 - grade);
        var percentile = Math.Clamp((ebrw + section - 400) * 99 / 1200, 1, 99);
        return string.Create(CultureInfo.InvariantCulture, $"{1000 + school},{Schools[school]},{graduation},Acme Schools,")
            + $"{chance.Of(LastNames)},{chance.Of(FirstNames)},{(char)('A' + chance.Below(26))},{chance.Of(["F", "M", "X"])},"
            + string.Create(CultureInfo.InvariantCulture, $"{1 + chance.Below(12)}/{1 + chance.Below(28)}/{graduation - 18},{row:D8}{(char)('a' + chance.Below(26))},{600_000 + row},{graduation}-05,")
            + string.Create(CultureInfo.InvariantCulture, $"{(chance.Below(2) == 0 ? "10/04/2025" : "03/14/2026")},{grade},{ebrw + section},{ebrw},{section},{reading},{writing},{math},")
            + string.Create(CultureInfo.InvariantCulture, $"{percentile},{(ebrw >= EbrwBenchmark ? 'Y' : 'N')},{(section >= MathBenchmark ? 'Y' : 'N')}");
    }

    // Three dice make a hump in the middle of 10 to 40, as test scores have.
    private static int Score(Chance chance) => 10 + chance.Below(11) + chance.Below(11) + chance.Below(11);

    /// <summary>SplitMix64: small, well spread, and the same on every machine and runtime.</summary>
    private sealed class Chance(ulong seed)
    {
        private ulong _state = seed;

        public int Below(int limit)
        {
            _state += 0x9E3779B97F4A7C15;
            var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)limit);
        }

        public string Of(string[] choices) => choices[Below(choices.Length)];
    }
}
