using Switchyard.FaultRig.History;
using Switchyard.FaultRig.Reporting;

namespace Switchyard.FaultRig.Tests.Runs;

/// <summary>One run, made once and judged by many tests.</summary>
public abstract class RigFixture : IAsyncLifetime
{
    private Exception? _failure;
    private RunReport? _report;

    /// <summary>Gets the report; throws, or skips, as the run did.</summary>
    internal RunReport Report()
    {
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        return _report!;
    }

    public async ValueTask InitializeAsync()
    {
        try
        {
            var settings = RigSettings.FromEnvironment();
            var report = RunReport.Of(await RunAsync(settings));
            var path = ReportFiles.Write(settings.Folder, report.Database.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal), [report]);
            TestContext.Current.SendDiagnosticMessage($"The fault rig's report: {path}");
            _report = report;
        }
        catch (Exception exception)
        {
            // Kept for the tests: what skips here must skip there.
            _failure = exception;
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract Task<RunHistory> RunAsync(RigSettings settings);
}

/// <summary>The run on PostgreSQL.</summary>
public sealed class PostgreSqlRun : RigFixture
{
    private protected override Task<RunHistory> RunAsync(RigSettings settings) => FaultRig.Runs.OnPostgreSqlAsync(settings);
}

/// <summary>The run on SQLite.</summary>
public sealed class SqliteRun : RigFixture
{
    private protected override Task<RunHistory> RunAsync(RigSettings settings) => FaultRig.Runs.OnSqliteAsync(settings);
}

/// <summary>The run on a volume that is full now and then.</summary>
public sealed class SmallDiskRun : RigFixture
{
    private protected override Task<RunHistory> RunAsync(RigSettings settings) => FaultRig.Runs.OnSmallDiskAsync(settings);
}
