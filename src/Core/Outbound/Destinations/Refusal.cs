namespace Switchyard.Outbound.Destinations;

/// <summary>What is against a destination: a kind for counters, and a clause for the user who gave the URL.</summary>
internal sealed record Refusal(string Kind, string Clause)
{
    public static readonly Refusal Scheme = new("scheme", "the URL must be absolute and begin with http:// or https://");
    public static readonly Refusal Characters = new("characters", "the URL must not hold white space, control characters or backslashes");
    public static readonly Refusal UserInformation = new("user_information", "the URL must not hold a user name or password");
    public static readonly Refusal Host = new("host", "the URL's host is not written plainly");
    public static readonly Refusal HostHeader = new("host_header", "the request must not set the Host header");
    public static readonly Refusal LocalName = new("local_name", "the host is a local name");
    public static readonly Refusal Resolved = new("resolved_address", "the host resolves to an address that is not public");

    public static Refusal Port(int port) => new("port", $"port {port} is not one that may be called");

    public static Refusal Address(string range) => new("address", $"the address is {range}");
}
