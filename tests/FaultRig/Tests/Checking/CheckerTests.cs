using Switchyard.FaultRig.Checking;

namespace Switchyard.FaultRig.Tests.Checking;

/// <summary>The judge is judged: it acquits what is right and finds every fault that was planted.</summary>
public sealed class CheckerTests
{
    public static TheoryData<string> Faults() => [.. PlantedFaults.All.Select(fault => fault.Name)];

    [Fact]
    public void A_history_as_promised_is_acquitted() => Assert.Empty(Checker.Check(ValidHistory.Make()));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found_by_its_rule(string name)
    {
        var (_, rule, plant) = PlantedFaults.All.Single(fault => fault.Name == name);

        var found = Checker.Check(plant(ValidHistory.Make()));

        Assert.Contains(found, violation => violation.Rule == rule);
    }

    [Fact]
    public void Every_rule_has_a_planted_fault()
    {
        var rules = typeof(Rules).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(rules.Order(StringComparer.Ordinal), PlantedFaults.All.Select(fault => fault.Rule).Distinct().Order(StringComparer.Ordinal));
    }
}
