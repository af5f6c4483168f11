using System.ComponentModel.DataAnnotations;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>Sets up the analytics databases of tenants.</summary>
public sealed class SqliteAnalyticsOptions
{
    /// <summary>Gets or sets the folder of the files, <c>{partner}/{tenant}.db</c> below it; made where it isn't there.</summary>
    /// <value>The default value is <c>data/analytics</c>.</value>
    [Required]
    public string Directory { get; set; } = Path.Combine("data", "analytics");

    /// <summary>Gets or sets the largest record of a file in bytes; a file with a larger one is refused.</summary>
    /// <value>The default value is 4 MiB. About twice as much memory is used at the most.</value>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxRecordBytes { get; set; } = 4 * 1024 * 1024;
}
