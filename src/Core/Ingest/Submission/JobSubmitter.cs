using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Ingest.Bundles;

namespace Switchyard.Ingest.Submission;

/// <summary>Checks a submission, signs its URLs and stores it.</summary>
internal sealed partial class JobSubmitter(
    IPartnerDirectory directory,
    IBundleRegistry bundles,
    IBlobStore blobs,
    IIngestJobStore jobs,
    IOptions<IngestOptions> options,
    TimeProvider timeProvider,
    ILogger<JobSubmitter> logger)
{
    public async Task<SubmitResult> SubmitAsync(IngestCaller caller, SubmitJob request, CancellationToken cancellationToken)
    {
        caller = caller with { Client = Storable(caller.Client) };
        if ((SubmissionRules.Partner(caller, request.Partner) ?? IdempotencyRules.Check(request.IdempotencyKey, caller.Client)) is { } refusal)
        {
            return new SubmitResult.Refused(refusal);
        }

        var isYear = SchoolYear.TryParse(request.SchoolYear, options.Value.SchoolYearFormat, out var year);
        var target = SubmissionRules.CanBeLookedUp(request)
            ? await directory.FindAsync(new(request.Partner, request.Tenant, request.Bundle, isYear ? year.ToString() : ""), cancellationToken).ConfigureAwait(false)
            : null;
        if (SubmissionRules.Target(request, target, isYear) is { } unknown)
        {
            return Refuse(unknown, request);
        }

        var (bundle, missing) = await FindBundleAsync(request.Bundle, cancellationToken).ConfigureAwait(false);
        if ((missing ?? SubmissionRules.Inputs(request, bundle!)) is { } bad)
        {
            return Refuse(bad, request);
        }

        return await StoreAsync(caller, request, Job(caller, request, bundle!, year), cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Bundle? Bundle, IngestRefusal? Refusal)> FindBundleAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var bundle = await bundles.FindAsync(key, cancellationToken).ConfigureAwait(false);
            return bundle is null
                ? (null, new(500, "bundle_not_in_registry", "The bundle is enabled but not in the registry."))
                : (bundle, null);
        }
        catch (BundlesUnavailableException exception)
        {
            LogBundlesUnavailable(exception.Message);
            return (null, new(500, "bundles_unavailable", "The bundle registry can't be read."));
        }
    }

    private IngestJob Job(IngestCaller caller, SubmitJob request, Bundle bundle, SchoolYear year)
    {
        var uid = Guid.NewGuid();
        var prefix = IngestObjectKeys.Prefix(request.Partner, request.Tenant, uid);
        return new IngestJob
        {
            Uid = uid,
            Partner = request.Partner,
            Tenant = request.Tenant,
            Bundle = bundle.Path,
            SchoolYear = year.ToString(),
            Params = request.Params.Where(param => param.Value.Text is not null).ToDictionary(param => param.Key, param => param.Value.Text!, StringComparer.Ordinal),
            BundleSnapshot = BundleReader.ToJson(bundle),
            StoragePrefix = prefix,
            Client = caller.Client,
            CreatedAt = timeProvider.GetUtcNow(),
            Files = [.. request.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new IngestFile
            {
                Key = file.Key,
                Name = file.Value.Trim(),
                ObjectKey = IngestObjectKeys.Input(prefix, Guid.NewGuid()),
            })],
        };
    }

    // URLs first: when they can't be signed, nothing is stored.
    private async Task<SubmitResult> StoreAsync(IngestCaller caller, SubmitJob request, IngestJob job, CancellationToken cancellationToken)
    {
        try
        {
            var urls = await SignAsync(job, cancellationToken).ConfigureAwait(false);
            var key = IdempotencyRules.Make(request, caller.Client, job.CreatedAt - options.Value.IdempotencyWindow);
            var result = await jobs.CreateAsync(new(job, key), cancellationToken).ConfigureAwait(false);
            return result.Outcome switch
            {
                CreateJobOutcome.Created => new SubmitResult.Accepted(result.Job!, urls),
                CreateJobOutcome.Repeated => new SubmitResult.Repeated(result.Job!, await SignAsync(result.Job!, cancellationToken).ConfigureAwait(false)),
                _ => new SubmitResult.Refused(new(422, "idempotency_key_reused", "The Idempotency-Key was used before with another body.")),
            };
        }
        catch (BlobStoreUnavailableException)
        {
            return new SubmitResult.Refused(StoreUnavailable);
        }
    }

    public static IngestRefusal StoreUnavailable { get; } = new(503, "blob_store_unavailable", "The file store can't be reached. Try again later.");

    private async Task<IReadOnlyDictionary<string, Uri>> SignAsync(IngestJob job, CancellationToken cancellationToken)
    {
        var grant = new UploadGrant(options.Value.UploadUrlLifetime, options.Value.UploadMaxBytes);
        var urls = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var file in job.Files)
        {
            urls[file.Key] = await blobs.CreateUploadUrlAsync(file.ObjectKey, grant, cancellationToken).ConfigureAwait(false);
        }

        return urls;
    }

    // A token's names are somebody else's text: kept, but never a reason to fail.
    private static IngestClient Storable(IngestClient client) =>
        client with { ClientId = Storable(client.ClientId), Name = Storable(client.Name) };

    private static string? Storable(string? text) => text is { Length: <= 256 } && IngestCodes.IsStorable(text) ? text : null;

    private SubmitResult.Refused Refuse(IngestRefusal refusal, SubmitJob request)
    {
        if (refusal.Status == 500)
        {
            LogMisconfigured(refusal.Code, request.Partner, request.Tenant, request.Bundle);
        }

        return new SubmitResult.Refused(refusal);
    }

    [LoggerMessage(EventIds.BundlesUnavailable, LogLevel.Error, "{Reason}", EventName = "BundlesUnavailable")]
    private partial void LogBundlesUnavailable(string reason);

    [LoggerMessage(EventIds.SubmissionMisconfigured, LogLevel.Error, "A submission failed by our own set-up ({Code}): partner {Partner}, tenant {Tenant}, bundle {Bundle}", EventName = "SubmissionMisconfigured")]
    private partial void LogMisconfigured(string code, string partner, string tenant, string bundle);
}
