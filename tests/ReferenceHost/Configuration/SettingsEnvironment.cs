using Switchyard.ReferenceHost.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Configuration;

/// <summary>Reads settings from variables that a test gives, in a folder of its own.</summary>
internal static class SettingsEnvironment
{
    /// <summary>Reads settings; the data directory is the folder's unless given.</summary>
    public static HostSettings Read(TemporaryFolder folder, params (string Name, string Value)[] variables)
    {
        var values = new Dictionary<string, string> { ["DATA_DIRECTORY"] = folder };
        foreach (var (name, value) in variables)
        {
            values[name] = value;
        }

        return HostSettingsReader.Read(name => values.GetValueOrDefault(name));
    }

    /// <summary>Reads settings that must be refused, and gives the lines.</summary>
    public static IReadOnlyList<string> Refused(TemporaryFolder folder, params (string Name, string Value)[] variables) =>
        Assert.Throws<SettingsException>(() => Read(folder, variables)).Problems;
}
