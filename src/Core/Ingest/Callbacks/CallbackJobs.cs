using System.Globalization;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Ingest.Bundles;
using Switchyard.Ingest.Submission;

namespace Switchyard.Ingest.Callbacks;

/// <summary>Describes runs to the executors that run them.</summary>
internal sealed class CallbackJobs(
    IBlobStore blobs, IPartnerDirectory directory, CallbackRoutes routes, IOptions<IngestOptions> options)
{
    // What earthmover and lightbeam leave behind.
    private static readonly string[] Outputs =
    [
        "studentEducationOrganizationAssociations.jsonl",
        "em-results.json",
        "student_id_match_rates.csv",
        "input_no_student_id_match.csv",
        "lb-send-results.json",
    ];

    public async Task<CallbackJobResult> DescribeAsync(IngestRunWithJob run, CancellationToken cancellationToken)
    {
        var job = run.Job;
        var target = await directory.FindAsync(new(job.Partner, job.Tenant, job.Bundle, job.SchoolYear), cancellationToken).ConfigureAwait(false);
        if (target.Ods is not [var ods])
        {
            return new CallbackJobResult.Refused(new(500, "ods_not_found", "The job's ODS is not there any more, or there are several."));
        }

        return new CallbackJobResult.Found(new CallbackJob
        {
            AppDataBasePath = job.StoragePrefix,
            InputFiles = job.Files.ToDictionary(file => file.Key, file => $"{file.Key}__{file.Name}", StringComparer.Ordinal),
            InputUrls = await InputsAsync(job, cancellationToken).ConfigureAwait(false),
            OutputUrls = await OutputsAsync(job, cancellationToken).ConfigureAwait(false),
            InputParams = Params(job),
            BundlePath = job.Bundle,
            AppUrls = new(
                routes.Report(run.Run.Uid, "status"), routes.Report(run.Run.Uid, "error"),
                routes.Report(run.Run.Uid, "summary"), routes.Report(run.Run.Uid, "unmatched-ids")),
            AssessmentDatastore = new(EndYear(job), ods.Url, Variable(ods.ClientIdVariable), Variable(ods.ClientSecretVariable)),
        });
    }

    private static int EndYear(IngestJob job) =>
        SchoolYear.TryParse(job.SchoolYear, SchoolYearFormat.Y1Y2, out var year)
            ? year.EndYear
            : throw new InvalidOperationException($"The job {job.Uid} has no school year.");

    // Executors export every one of them as a variable: only those that the bundle knows may pass.
    private static Dictionary<string, string> Params(IngestJob job)
    {
        var known = BundleReader.FromJson(job.BundleSnapshot).InputParams.Select(param => param.Key).ToHashSet(StringComparer.Ordinal);
        var values = job.Params.Where(param => known.Contains(param.Key)).ToDictionary(StringComparer.Ordinal);
        values[SubmissionRules.ApiYear] = EndYear(job).ToString(CultureInfo.InvariantCulture);
        return values;
    }

    private async Task<Dictionary<string, Uri>> InputsAsync(IngestJob job, CancellationToken cancellationToken)
    {
        var urls = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var file in job.Files)
        {
            urls[file.Key] = await blobs.CreateDownloadUrlAsync(file.FrozenKey!, options.Value.TimeLimit, cancellationToken).ConfigureAwait(false);
        }

        return urls;
    }

    private async Task<Dictionary<string, Uri>> OutputsAsync(IngestJob job, CancellationToken cancellationToken)
    {
        var grant = new UploadGrant(options.Value.TimeLimit, options.Value.UploadMaxBytes);
        var urls = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var name in Outputs)
        {
            urls[name] = await blobs.CreateUploadUrlAsync(IngestObjectKeys.Output(job.StoragePrefix, name), grant, cancellationToken).ConfigureAwait(false);
        }

        return urls;
    }

    private string? Variable(string? name) => name is null ? null : options.Value.ReadVariable(name);
}
