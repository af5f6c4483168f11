using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Cron.Tests.Properties;

/// <summary>P-CR5 and 6: reading and printing.</summary>
public sealed class TextProperties
{
    private const string Alphabet = "0123456789*,-/ @?LW#HJANFEBMONSUN\t\n\u00A0\u0660\uFF0A\uD83D\uDE00é+.";

    [Fact]
    public void What_is_printed_reads_as_the_same_and_prints_the_same() => Property.Holds(
        Cases.In(Gen.OneOf(Cases.Expressions, Cases.Fixed)),
        of => of.Schedule.Expression == of.Text ? "canonical already" : "spelled otherwise", ["canonical already", "spelled otherwise"], of =>
        {
            var schedule = of.Schedule;

            var again = CronSchedule.Parse(schedule.Expression, schedule.TimeZone);

            Assert.Equal(schedule, again);
            Assert.Equal(schedule.Expression, again.Expression);
            Assert.Equal(schedule.Between(of.From, of.From.AddDays(3)).Take(500), again.Between(of.From, of.From.AddDays(3)).Take(500));
        });

    [Fact]
    public void Equal_schedules_are_those_that_print_alike() => Property.Holds(
        Gen.Two(Cases.Fixed).SelectMany(_ => Gen.Choose(0, 1), (two, same) => same == 1 ? (two.Item1, $"0 {two.Item1}") : (two.Item1, two.Item2)),
        of => CronSchedule.Parse(of.Item1).Equals(CronSchedule.Parse(of.Item2)) ? "equal" : "different", ["equal", "different"], of =>
        {
            var (one, other) = (CronSchedule.Parse(of.Item1), CronSchedule.Parse(of.Item2));

            Assert.Equal(one.Expression == other.Expression, one.Equals(other));
            Assert.True(!one.Equals(other) || one.GetHashCode() == other.GetHashCode());
        });

    [Fact]
    public void Any_text_is_a_schedule_or_an_error_with_its_place() => Property.Holds(
        Gen.Frequency((3, Mutated), (2, Noise), (1, Gen.Choose(1, 10_000).Select(length => new string(',', length)))),
        text => CronSchedule.TryParse(text, null, out _, out var error) ? "accepted" : error.Kind.ToString(),
        ["accepted", "Field", "FieldCount", "Character", "TooLong"], text =>
        {
            var isAccepted = CronSchedule.TryParse(text, null, out var schedule, out var error);

            Assert.Equal(isAccepted, schedule is not null);
            Assert.NotEqual(isAccepted, error is not null);
            if (error is not null)
            {
                Assert.InRange(error.Position ?? 0, 0, text.Length);
                Assert.Equal(error.Kind is CronErrorKind.Field or CronErrorKind.NeverFires, error.Field is not null);
                Assert.InRange(error.Message.Length, 20, 400);
                Assert.All(error.Message, letter => Assert.True(letter is >= ' ' and <= '~' or '…'));
                Assert.True(error.Kind is not CronErrorKind.Field || error.Message.Contains($"position {error.Position}", StringComparison.Ordinal));
            }
        },
        cases: 5000);

    private static Gen<string> Noise => Gen.Choose(0, 40).SelectMany(length => Gen.ArrayOf(Gen.Elements(Alphabet.ToCharArray()), length)).Select(letters => new string(letters));

    // A good one with a letter put in, taken out or changed.
    private static Gen<string> Mutated =>
        from text in Cases.Any
        from at in Gen.Choose(0, text.Length - 1)
        from letter in Gen.Elements(Alphabet.ToCharArray())
        from how in Gen.Choose(0, 2)
        select how switch { 0 => text.Insert(at, letter.ToString()), 1 => text.Remove(at, 1), _ => text.Remove(at, 1).Insert(at, letter.ToString()) };
}
