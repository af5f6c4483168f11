using Switchyard.AspNetCore.Scheduling.Metrics;

namespace Switchyard.AspNetCore.Scheduling.Tests.Metrics;

public sealed class MetricsFormatTests
{
    [Theory]
    [InlineData(null, nameof(MetricsFormat.Json))]
    [InlineData("", nameof(MetricsFormat.Json))]
    [InlineData("*/*", nameof(MetricsFormat.Json))]
    [InlineData("application/json", nameof(MetricsFormat.Json))]
    [InlineData("application/json, text/plain, */*", nameof(MetricsFormat.Json))]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", nameof(MetricsFormat.Json))]
    [InlineData("application/xml", nameof(MetricsFormat.Json))]
    [InlineData("text/*", nameof(MetricsFormat.Json))]
    [InlineData("text/plain;q=0", nameof(MetricsFormat.Json))]
    [InlineData("not a media type", nameof(MetricsFormat.Json))]
    [InlineData("text/plain", nameof(MetricsFormat.Prometheus))]
    [InlineData("TEXT/Plain; version=0.0.4", nameof(MetricsFormat.Prometheus))]
    [InlineData("text/plain;q=0.9, application/json;q=0.5", nameof(MetricsFormat.Prometheus))]
    [InlineData("text/plain, */*;q=0.1", nameof(MetricsFormat.Prometheus))]
    [InlineData("application/openmetrics-text", nameof(MetricsFormat.OpenMetrics))]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", nameof(MetricsFormat.OpenMetrics))]
    [InlineData("application/openmetrics-text;q=0.2, text/plain;q=0.3", nameof(MetricsFormat.Prometheus))]
    public void The_text_formats_are_for_those_who_like_them_better(string? accept, string expected) =>
        Assert.Equal(expected, MetricsFormats.Of(accept).ToString());
}
