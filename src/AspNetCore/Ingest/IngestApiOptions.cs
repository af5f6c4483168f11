using System.ComponentModel.DataAnnotations;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Sets up the ingest API.</summary>
public sealed class IngestApiOptions
{
    /// <summary>Gets or sets the authentication scheme whose tokens the API takes, as <c>AddSwitchyardTokens</c> named it.</summary>
    /// <value>The default value is <c>ingest</c>.</value>
    [Required]
    public string AuthenticationScheme { get; set; } = "ingest";

    /// <summary>Gets or sets the branch of the bundles that executors are told to use.</summary>
    /// <value>The default value is <c>main</c>.</value>
    [Required]
    public string BundleBranch { get; set; } = "main";
}
