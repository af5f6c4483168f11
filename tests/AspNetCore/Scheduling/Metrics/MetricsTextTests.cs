using Switchyard.AspNetCore.Scheduling.Metrics;

namespace Switchyard.AspNetCore.Scheduling.Tests.Metrics;

public sealed class MetricsTextTests
{
    private const string Text = """
        # HELP scheduler_jobs Jobs of the caller's accounts.
        # TYPE scheduler_jobs gauge
        scheduler_jobs{state="enabled"} 85
        scheduler_jobs{state="disabled"} 15
        # HELP scheduler_executions Executions of the caller's accounts.
        # TYPE scheduler_executions gauge
        scheduler_executions{status="queued"} 5
        scheduler_executions{status="running"} 2
        scheduler_executions{status="success"} 9500
        scheduler_executions{status="failure"} 400
        scheduler_executions{status="timed_out"} 7
        scheduler_executions{status="dead_letter"} 93
        # HELP scheduler_executions_success_rate Successful ones among the executions that ended, in percent.
        # TYPE scheduler_executions_success_rate gauge
        scheduler_executions_success_rate 95.25
        # HELP scheduler_executions_avg_duration_ms Mean duration of successful executions, in milliseconds.
        # TYPE scheduler_executions_avg_duration_ms gauge
        scheduler_executions_avg_duration_ms 250.5

        """;

    [Fact]
    public void The_figures_are_written_as_gauges_of_Prometheus() =>
        Assert.Equal(Text.ReplaceLineEndings("\n"), MetricsText.Write(Figures(250.5), openMetrics: false));

    [Fact]
    public void OpenMetrics_ends_with_its_mark() =>
        Assert.Equal(Text.ReplaceLineEndings("\n") + "# EOF\n", MetricsText.Write(Figures(250.5), openMetrics: true));

    [Fact]
    public void A_mean_of_nothing_is_left_out() =>
        Assert.DoesNotContain("avg_duration_ms", MetricsText.Write(Figures(null), openMetrics: false), StringComparison.Ordinal);

    private static MetricsResponse Figures(double? average) => new()
    {
        Timestamp = default,
        Jobs = new JobFigures { Total = 100, Enabled = 85, Disabled = 15 },
        Executions = new ExecutionFigures
        {
            Total = 10007,
            Queued = 5,
            Running = 2,
            Success = 9500,
            Failure = 400,
            TimedOut = 7,
            DeadLetter = 93,
            SuccessRate = 95.25,
            AvgDurationMs = average,
        },
    };
}
