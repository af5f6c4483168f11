using Switchyard.FaultRig.Checking;
using Switchyard.FaultRig.Reporting;

namespace Switchyard.FaultRig.Tests.Runs;

/// <summary>What must hold of every run, whatever was done to it. <c>docs/reliability.md</c> says it in plain words.</summary>
public abstract class FaultRigTests(RigFixture run)
{
    public static TheoryData<string> Promises() => [.. typeof(Rules).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Promises))]
    public void Under_fire_it_holds_that(string promise)
    {
        var report = run.Report();

        var broken = report.Violations.Where(violation => violation.Rule == promise).Select(violation => violation.What);

        Assert.True(!broken.Any(), $"Seed {report.Seed}: {string.Join('\n', broken)}\n{ReportText.Whole([report])}");
    }

    [Fact]
    public void Every_kind_of_fault_was_done() =>
        Assert.DoesNotContain(run.Report().Faults, fault => fault.Value == 0);

    [Fact]
    public void Work_was_done_under_fire()
    {
        var report = run.Report();
        TestContext.Current.TestOutputHelper?.WriteLine(ReportText.Whole([report]));

        Assert.True(report.Accepted >= 10 && report.Attempts > report.Accepted && report.LeasesLost > 0, ReportText.Whole([report]));
    }
}

/// <summary>Three nodes on PostgreSQL, each behind a proxy, their clocks three minutes apart. No other test may use the server that it crashes.</summary>
[Collection("PostgreSQL")]
public sealed class PostgreSqlFaultRigTests(PostgreSqlRun run) : FaultRigTests(run), IClassFixture<PostgreSqlRun>;

/// <summary>Two processes on one SQLite file.</summary>
public sealed class SqliteFaultRigTests(SqliteRun run) : FaultRigTests(run), IClassFixture<SqliteRun>;

/// <summary>One process on a SQLite file whose volume is full now and then.</summary>
public sealed class SmallDiskFaultRigTests(SmallDiskRun run) : FaultRigTests(run), IClassFixture<SmallDiskRun>;
