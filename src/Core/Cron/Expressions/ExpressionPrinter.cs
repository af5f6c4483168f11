using System.Globalization;
using System.Text;

namespace Switchyard.Cron.Expressions;

/// <summary>Prints an expression in its one canonical spelling.</summary>
internal static class ExpressionPrinter
{
    public static string Print(CronExpression expression)
    {
        var text = new StringBuilder();
        if (expression.Second.Values != 1)
        {
            text.Append(Anyhow(expression.Second, FieldKind.Second)).Append(' ');
        }

        return text.Append(Time(expression.Minute, FieldKind.Minute)).Append(' ')
            .Append(Time(expression.Hour, FieldKind.Hour)).Append(' ')
            .Append(Day(expression.DayOfMonth, FieldKind.DayOfMonth)).Append(' ')
            .Append(Anyhow(expression.Month, FieldKind.Month)).Append(' ')
            .Append(Day(expression.DayOfWeek, FieldKind.DayOfWeek)).ToString();
    }

    // Whether it is fixed counts in these two: a list stays a list, and an interval stays one of *, a range or a step.
    private static string Time(FieldSet field, FieldKind kind)
    {
        if (!field.IsInterval)
        {
            return string.Join(',', field.List().Select(Number));
        }

        if (StarStep(field, kind) is { } star)
        {
            return star;
        }

        var runs = Runs(field.Values, least: 2);
        return runs.Contains('-', StringComparison.Ordinal) ? runs : Progression(field, least: 2) ?? $"{field.First}-{field.First}{runs[Number(field.First).Length..]}";
    }

    // Nothing but the values counts in these two.
    private static string Anyhow(FieldSet field, FieldKind kind) => StarStep(field, kind) ?? Runs(field.Values, least: 3);

    // Whether it begins with a star counts in these two.
    private static string Day(FieldSet field, FieldKind kind)
    {
        if (!field.BeginsWithStar)
        {
            return Progression(field, least: 5) ?? Runs(field.Values, least: 3);
        }

        var step = Enumerable.Range(1, kind.Largest).First(step => (Multiples(kind, step) & ~field.Values) == 0);
        var rest = field.Values & ~Multiples(kind, step);
        var star = step == 1 ? "*" : $"*/{Number(step)}";
        return rest == 0 ? star : $"{star},{Runs(rest, least: 3)}";
    }

    /// <summary>Prints values that a star with a step stands for, two of them at least, else null.</summary>
    private static string? StarStep(FieldSet field, FieldKind kind)
    {
        if (field.Values == kind.Every)
        {
            return "*";
        }

        var step = StepOf(field);
        return field.Count >= 2 && step > 1 && Multiples(kind, step) == field.Values ? $"*/{Number(step)}" : null;
    }

    private static string? Progression(FieldSet field, int least)
    {
        var step = StepOf(field);
        return field.Count >= least && step > 1 ? $"{Number(field.First)}-{Number(field.Last)}/{Number(step)}" : null;
    }

    /// <summary>Gets the distance between all neighbours, or 0.</summary>
    private static int StepOf(FieldSet field)
    {
        var distances = field.List().Zip(field.List().Skip(1), (one, next) => next - one).Distinct().Take(2).ToArray();
        return distances.Length == 1 ? distances[0] : 0;
    }

    private static string Runs(ulong values, int least)
    {
        var items = new List<string>();
        for (var value = 0; value < 60; value++)
        {
            var end = value;
            while ((values >> end & 1) != 0)
            {
                end++;
            }

            if (end - value >= least)
            {
                items.Add($"{Number(value)}-{Number(end - 1)}");
            }
            else
            {
                items.AddRange(Enumerable.Range(value, end - value).Select(Number));
            }

            value = Math.Max(value, end);
        }

        return string.Join(',', items);
    }

    private static ulong Multiples(FieldKind kind, int step)
    {
        var values = 0UL;
        for (var value = kind.Minimum; value <= kind.Maximum; value += step)
        {
            values |= 1UL << value;
        }

        return values;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
