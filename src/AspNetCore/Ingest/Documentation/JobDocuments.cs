using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using Switchyard.AspNetCore.Ingest.Jobs;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Documentation;

/// <summary>Describes the routes of clients.</summary>
internal static class JobDocuments
{
    private const string Jobs = "Jobs";

    private const string CreateExample = """
        {
          "partner": "acme",
          "tenant": "acme",
          "bundle": "assessments/PSAT_SAT",
          "schoolYear": "2526",
          "files": { "INPUT_FILE": "sat_results.csv" },
          "params": { "TEST_TYPE": "SAT" }
        }
        """;

    public static RouteDocument Create(string scheme) => new()
    {
        Name = "ingest.createJob",
        Tag = Jobs,
        Summary = "Create a job and get the URLs to upload its files to",
        Description = "The keys of files and params are the env_var values of the bundle. Upload each file by an HTTP PUT to its URL, then start the job.",
        Scheme = scheme,
        Scopes = [IngestScopes.CreateJobs],
        Success = (StatusCodes.Status201Created, typeof(CreatedJobResponse)),
        Errors = [400, 401, 403, 413, 415, 422, 503],
        Body = (typeof(CreateJobRequest), CreateExample),
        Parameters =
        [
            new()
            {
                Name = IdempotencyKeyHeader.Name,
                In = ParameterLocation.Header,
                Description = "Makes repeats of one request one job, for 24 hours: 1 to 255 visible ASCII characters.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
            },
        ],
    };

    public static RouteDocument Start(string scheme) => new()
    {
        Name = "ingest.startJob",
        Tag = Jobs,
        Summary = "Start a job whose files are uploaded",
        Description = "The files are frozen at the first accepted start. A job that has ended may be started again.",
        Scheme = scheme,
        Scopes = [IngestScopes.CreateJobs],
        Success = (StatusCodes.Status202Accepted, null),
        Errors = [400, 401, 403, 404, 503],
    };

    public static RouteDocument Get(string scheme) => new()
    {
        Name = "ingest.getJob",
        Tag = Jobs,
        Summary = "Get a job with its runs",
        Scheme = scheme,
        Scopes = [IngestScopes.CreateJobs],
        Success = (StatusCodes.Status200OK, typeof(JobResponse)),
        Errors = [400, 401, 403, 404, 503],
    };

    public static RouteDocument List(string scheme) => new()
    {
        Name = "ingest.listJobs",
        Tag = Jobs,
        Summary = "List jobs, newest first",
        Description = "The X-Total-Count header tells how many there are in all.",
        Scheme = scheme,
        Scopes = [IngestScopes.CreateJobs],
        Success = (StatusCodes.Status200OK, typeof(IReadOnlyList<JobResponse>)),
        Errors = [400, 401, 403, 503],
        Parameters =
        [
            Query("partner", "The partner whose jobs are wanted; all of the token's partners by default.", new() { Type = JsonSchemaType.String }),
            Query("skip", "How many to pass over.", Number(0, "0", null)),
            Query("limit", "How many to give at the most.", Number(100, "1", "1000")),
        ],
    };

    public static RouteDocument Verify(string scheme) => new()
    {
        Name = "ingest.verifyToken",
        Tag = "Tokens",
        Summary = "Verify a token and see which partners it is for",
        Scheme = scheme,
        Scopes = [IngestScopes.CreateJobs],
        Success = (StatusCodes.Status200OK, typeof(VerifiedTokenResponse)),
        Errors = [401, 403, 503],
    };

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiSchema Number(int standard, string minimum, string? maximum) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Default = standard,
        Minimum = minimum,
        Maximum = maximum,
    };
}
