using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Jobs;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Scheduling.Delivering;

public sealed class AttemptEndsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly SchedulingOptions Options = new() { Randomizer = () => 0.5 };

    // P-EX5: every code has a meaning, and none but 2xx is success.
    [Fact]
    public void Every_code_ends_an_attempt_and_is_followed_by_what_it_means() => Property.Holds(
        Cases(),
        sample => sample.Code switch { < 300 => "2xx", < 400 => "3xx", 410 => "410", < 500 => "4xx", _ => "5xx and beyond" },
        ["2xx", "3xx", "410", "4xx", "5xx and beyond"],
        sample =>
        {
            using var response = new HttpResponseMessage((HttpStatusCode)sample.Code);
            var outcome = WebhookSender.Judge(response, new DeliveryAnswer(sample.Code, null, null));

            var result = AttemptEnds.Of(Execution(sample.Attempt), outcome, Context(sample.Attempt), Options, Now);

            var end = Assert.IsType<AttemptEnded>(Assert.Single(result.Effects));
            var isSuccess = sample.Code < 300;
            var isRetried = !isSuccess && sample.Code != 410 && sample.Attempt < 3;
            var status = isSuccess ? ExecutionStatus.Success : !isRetried && sample.Code != 410 ? ExecutionStatus.DeadLetter : ExecutionStatus.Failure;
            Assert.Equal((status, sample.Code, sample.Attempt), (end.Status, end.Answer!.StatusCode, end.Attempt));
            Assert.Equal(isRetried ? JobRunStatus.Retry : JobRunStatus.Succeeded, result.Status);
            Assert.Equal(isRetried ? TimeSpan.FromSeconds(60 << (sample.Attempt - 1)) : null, result.RetryDelay);
            Assert.Equal(isRetried ? Now + result.RetryDelay : null, end.RetryAt);
            Assert.Equal(sample.Code == 410, end.DisableWebhook is not null);
            Assert.Equal(isSuccess, end.Error is null);
        });

    [Theory]
    [InlineData((int)SendKind.TimedOut, 1, ExecutionStatus.TimedOut, true)]
    [InlineData((int)SendKind.TimedOut, 3, ExecutionStatus.DeadLetter, false)]
    [InlineData((int)SendKind.Unanswered, 2, ExecutionStatus.Failure, true)]
    [InlineData((int)SendKind.Unanswered, 3, ExecutionStatus.DeadLetter, false)]
    [InlineData((int)SendKind.NotAllowed, 1, ExecutionStatus.Failure, false)]
    [InlineData((int)SendKind.Unsendable, 1, ExecutionStatus.Failure, false)]
    public void What_has_no_answer_ends_by_its_kind(int kind, int attempt, ExecutionStatus status, bool isRetried)
    {
        var result = AttemptEnds.Of(Execution(attempt), new((SendKind)kind, null, "Why."), Context(attempt), Options, Now);

        var end = Assert.IsType<AttemptEnded>(Assert.Single(result.Effects));
        Assert.Equal((status, isRetried), (end.Status, end.RetryAt is not null));
        Assert.EndsWith("Why.", end.Error, StringComparison.Ordinal);
    }

    private static Execution Execution(int attempt)
    {
        var root = Guid.Parse("11111111-1111-4111-8111-111111111111");
        return new() { Id = root, RootId = root, Attempt = attempt, ScheduleId = Guid.Empty, ScheduledAt = Now, CreatedAt = Now };
    }

    private static JobContext Context(int attempt) =>
        new() { Lease = new JobLease(new JobId(Guid.Empty), 1), RootId = new JobId(Guid.Empty), Attempt = attempt, MaxAttempts = 3 };

    private static Gen<Sample> Cases() =>
        from code in Gen.Frequency((3, Gen.Choose(200, 299)), (3, Gen.Choose(300, 399)), (1, Gen.Constant(410)), (3, Gen.Choose(400, 499)), (3, Gen.Choose(500, 999)))
        from attempt in Gen.Choose(1, 3)
        select new Sample(code, attempt);

    private sealed record Sample(int Code, int Attempt);
}
