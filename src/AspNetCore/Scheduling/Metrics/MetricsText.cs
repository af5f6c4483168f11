using System.Globalization;
using System.Text;

namespace Switchyard.AspNetCore.Scheduling.Metrics;

/// <summary>Writes the figures in the text format of Prometheus, or its successor OpenMetrics.</summary>
internal static class MetricsText
{
    public const string PrometheusType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>Writes the figures. All are gauges: what is deleted or removed by age is counted no more.</summary>
    public static string Write(MetricsResponse metrics, bool openMetrics)
    {
        var text = new StringBuilder();
        var (jobs, executions) = (metrics.Jobs, metrics.Executions);
        Family(text, "scheduler_jobs", "Jobs of the caller's accounts.", [("{state=\"enabled\"}", jobs.Enabled), ("{state=\"disabled\"}", jobs.Disabled)]);
        Family(text, "scheduler_executions", "Executions of the caller's accounts.",
        [
            ("{status=\"queued\"}", executions.Queued),
            ("{status=\"running\"}", executions.Running),
            ("{status=\"success\"}", executions.Success),
            ("{status=\"failure\"}", executions.Failure),
            ("{status=\"timed_out\"}", executions.TimedOut),
            ("{status=\"dead_letter\"}", executions.DeadLetter),
        ]);
        Family(text, "scheduler_executions_success_rate", "Successful ones among the executions that ended, in percent.", [("", executions.SuccessRate)]);
        if (executions.AvgDurationMs is { } average)
        {
            Family(text, "scheduler_executions_avg_duration_ms", "Mean duration of successful executions, in milliseconds.", [("", average)]);
        }

        return (openMetrics ? text.Append("# EOF\n") : text).ToString();
    }

    private static void Family(StringBuilder text, string name, string help, (string Labels, double Value)[] samples)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
        foreach (var (labels, value) in samples)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R}\n");
        }
    }
}
