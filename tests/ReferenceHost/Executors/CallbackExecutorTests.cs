using Switchyard.ReferenceHost.Tests.Security;
using Switchyard.ReferenceHost.Tests.Walk;

namespace Switchyard.ReferenceHost.Tests.Executors;

/// <summary>An executor that runs elsewhere: it asks for work, and calls back.</summary>
public sealed class CallbackExecutorTests : IAsyncLifetime
{
    private ExecutorHost _host = null!;

    [Fact]
    public async Task Executor_that_asks_for_work_gets_the_run_and_ends_it()
    {
        var url = _host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var token = await DevelopmentTokens.GetAsync(_host.Http, "execute:jobs");
        var uid = await _host.StartJobAsync("good");

        var printed = await Shell.RunAsync(_host.Notes, $$"""
            while :; do
              run=$(curl -sSf -X POST -H 'Authorization: Bearer {{token}}' {{url}}/api/earthbeam/next)
              [ -z "$run" ] || break
              sleep 0.2
            done
            member() { sed -E "s/.*\"$1\":\"?([^\",}]*).*/\1/"; }
            export INIT_TOKEN=$(echo "$run" | member initToken) INIT_JOB_URL=$(echo "$run" | member initJobUrl)
            echo "limit $(echo "$run" | member timeoutSeconds)"
            curl -sS -o second -w 'second %{http_code}\n' -X POST -H 'Authorization: Bearer {{token}}' {{url}}/api/earthbeam/next
            bash '{{_host.Script}}' '{{_host.Notes}}'
            """);
        var run = await _host.Client.EndedRunAsync(uid);

        Assert.Matches(@"^limit (1[01][0-9]|120)\nsecond 204\nrun in mode good$", printed);
        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal("callback", run.GetProperty("engine").GetString());
        Assert.Equal("""{"studentAssessments":{"records_processed":3,"records_skipped":0,"records_failed":1}}""", run.GetProperty("summary").GetRawText());
        Assert.Equal("""["em-results.json"]""", _host.RunColumn(uid, "output_files"));
        Assert.Contains("""{"lines":3}""", _host.Objects());
        Assert.DoesNotContain(_host.Noted("good.init")[0], _host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Noted("good.access")[0], _host.Output, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => _host = await ExecutorHost.StartAsync("callback", timeoutSeconds: 120);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
