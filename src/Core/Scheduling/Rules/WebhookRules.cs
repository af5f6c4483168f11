using System.Text;
using Switchyard.Outbound;
using Switchyard.Scheduling.Rendering;

namespace Switchyard.Scheduling.Rules;

/// <summary>Says what the values of a webhook may be.</summary>
internal static class WebhookRules
{
    private const int LongestUrl = 500;
    private const int LongestRequestUrl = 8192;
    private const int MostParams = 100;
    private const int LargestTemplate = 256 * 1024;
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    public static SchedulingRefusal? Check(CreateWebhook request, IOutboundGuard guard)
    {
        var problems = new ProblemList();
        Check(request.Url, request.Method, guard, problems, isNew: true);
        Check(request.Url, request.QueryParams, problems);
        HeaderRules.Check(request.Headers, problems);
        Check(request.BodyTemplate, request.Timeout, problems);
        return problems.ToRefusal();
    }

    /// <summary>Checks a change against what is there, since the length of URL and parameters counts together.</summary>
    public static SchedulingRefusal? Check(UpdateWebhook request, Webhook current, IOutboundGuard guard)
    {
        var problems = new ProblemList();
        Check(request.Url, request.Method, guard, problems, isNew: false);
        Check(request.Url ?? current.Url, request.QueryParams ?? TextMap.Read(current.QueryParams), problems);
        HeaderRules.Check(request.Headers, problems);
        Check(request.BodyTemplate, request.Timeout, problems);
        return problems.ToRefusal();
    }

    private static void Check(string? url, string? method, IOutboundGuard guard, ProblemList problems, bool isNew)
    {
        var absent = isNew ? "is required" : null;
        if ((url is null ? absent : UrlFault(url, guard)) is { } urlFault)
        {
            problems.Add("url", urlFault);
        }

        var isMethod = Methods.Contains(method, StringComparer.Ordinal);
        if ((method is null ? absent : isMethod ? null : "must be GET, POST, PUT, DELETE or PATCH") is { } methodFault)
        {
            problems.Add("method", methodFault);
        }
    }

    private static string? UrlFault(string url, IOutboundGuard guard)
    {
        if (url.Length is 0 or > LongestUrl)
        {
            return "must be 1 to 500 characters";
        }

        // Characters that parsers of URLs disagree about are refused before one of them is asked.
        if (!TextRules.IsStorable(url) || url.Any(c => c is '\\' || char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return "must not hold white space, control characters or backslashes";
        }

        var hasScheme = url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!hasScheme || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return "must be an absolute http or https URL";
        }

        return Authority(url).Contains('@', StringComparison.Ordinal) ? "must not hold a user name or password"
            : guard.WhyRefused(uri) is { } why ? $"is not allowed: {why}"
            : RequestUrl.Stored(url).Length > LongestUrl ? "must be at most 500 characters once it is written in ASCII"
            : null;
    }

    // As it is written: a parser drops an empty user name, and what another one makes of it isn't known.
    private static string Authority(string url) => url.Split("//", 2)[1].Split('/', '?', '#')[0];

    private static void Check(string? url, IReadOnlyList<KeyValuePair<string, string>>? parameters, ProblemList problems)
    {
        if (parameters is null)
        {
            return;
        }

        problems.AddUnless(parameters.Count <= MostParams, "query_params", $"must be at most {MostParams}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters.Take(MostParams))
        {
            var fault = name.Length == 0 || !TextRules.IsStorable(name) ? "is not the name of a parameter"
                : !seen.Add(name) ? "is there twice"
                : value is null || !TextRules.IsStorable(value) ? "must be a text without NUL"
                : null;
            problems.AddUnless(fault is null, ProblemList.Entry("query_params", name), fault ?? "");
        }

        if (url?.Length <= LongestUrl && parameters.All(pair => pair.Value is not null))
        {
            problems.AddUnless(RequestUrl.Build(url, parameters).Length <= LongestRequestUrl, "query_params", "make the URL longer than 8192 characters");
        }
    }

    private static void Check(string? template, TimeSpan? timeout, ProblemList problems)
    {
        problems.AddUnless(template is null || TextRules.IsStorable(template), "body_template", "must not hold NUL or half a surrogate pair");
        problems.AddUnless(template is null || Encoding.UTF8.GetByteCount(template) <= LargestTemplate, "body_template", "must be at most 256 KiB");
        problems.AddUnless(
            timeout is not { } limit || (limit >= TimeSpan.FromSeconds(1) && limit <= TimeSpan.FromSeconds(300) && limit.Ticks % TimeSpan.TicksPerSecond == 0),
            "timeout_seconds",
            "must be 1 to 300");
    }
}
