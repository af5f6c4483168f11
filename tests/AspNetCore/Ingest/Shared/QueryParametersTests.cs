using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Switchyard.Errors;

namespace Switchyard.AspNetCore.Ingest.Tests.Shared;

public sealed class QueryParametersTests
{
    [Theory]
    [InlineData("", 100)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=1000", 1000)]
    [InlineData("?limit=0100", 100)]
    public void Whole_number_within_its_bounds_is_read(string query, int expected)
    {
        Assert.True(Read(query, out var value, out var error));
        Assert.Equal((expected, null), (value, error));
    }

    [Theory]
    [InlineData("?limit=")]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=+5")]
    [InlineData("?limit=%2B5")]
    [InlineData("?limit=%205")]
    [InlineData("?limit=5%20")]
    [InlineData("?limit=1e3")]
    [InlineData("?limit=1.0")]
    [InlineData("?limit=0x10")]
    [InlineData("?limit=%EF%BC%95")]
    [InlineData("?limit=99999999999999999999")]
    [InlineData("?limit=abc")]
    [InlineData("?limit=5%00")]
    public void Anything_else_is_refused(string query) => Refuses(query, "limit must be a whole number from 1 to 1000");

    [Theory]
    [InlineData("?limit=1&limit=1000")]
    [InlineData("?limit=1&LIMIT=1")]
    public void Repeated_parameter_is_refused(string query) => Refuses(query, "limit must be given once");

    private static void Refuses(string query, string message)
    {
        Assert.False(Read(query, out _, out var error));
        Assert.Equal((400, "invalid_query", message), (error!.Status, error.Code, Assert.Single(error.Messages)));
    }

    private static bool Read(string query, out int value, out ErrorReport? error) =>
        QueryParameters.TryReadNumber(new QueryCollection(QueryHelpers.ParseQuery(query)), "limit", (100, 1, 1000), out value, out error);
}
