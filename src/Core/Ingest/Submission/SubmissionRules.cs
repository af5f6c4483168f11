using Switchyard.Ingest.Bundles;

namespace Switchyard.Ingest.Submission;

/// <summary>Decides whether a submission is good: pure, each check giving <see langword="null"/> or why not, in a fixed order.</summary>
internal static class SubmissionRules
{
    public const string ApiYear = "API_YEAR";
    private const int MaxFileName = 255;
    private const int MaxParamValue = 4096;
    private const int MaxBundleKey = 256;

    /// <summary>Checks that the caller may submit for the partner at all.</summary>
    public static IngestRefusal? Partner(IngestCaller caller, string partner) =>
        caller.Scopes.Grants(IngestScopes.Partner).Contains(partner, StringComparer.Ordinal)
            ? null
            : new(403, "partner_not_granted", $"The token does not grant the partner {OffendingKeys.Show(partner)}.");

    /// <summary>Gets whether the codes may be looked up: what isn't of the grammar is unknown without asking a database.</summary>
    public static bool CanBeLookedUp(SubmitJob request) =>
        IngestCodes.IsCode(request.Partner) && IngestCodes.IsCode(request.Tenant) && IsBundleKey(request.Bundle);

    /// <summary>Checks what a directory knows.</summary>
    public static IngestRefusal? Target(SubmitJob request, SubmissionTarget? target, bool isSchoolYear) => target switch
    {
        null when IngestCodes.IsCode(request.Partner) && IngestCodes.IsCode(request.Tenant) => UnknownBundle(request.Bundle),
        null => UnknownTenant(request.Tenant),
        { TenantExists: false } => UnknownTenant(request.Tenant),
        { BundleEnabled: false } => UnknownBundle(request.Bundle),
        _ when !isSchoolYear => new(400, "invalid_school_year", $"{OffendingKeys.Show(request.SchoolYear)} is not a school year, such as 2526 for 2025-26."),
        { Ods.Count: 0 } => new(400, "ods_not_found", $"No ODS is set up for tenant {request.Tenant} and school year {request.SchoolYear}."),
        { Ods.Count: > 1 } => new(500, "ods_ambiguous", "More than one ODS is set up for this tenant and school year."),
        _ => null,
    };

    /// <summary>Checks parameters, then files, against the bundle; the first category that fails is reported, with all that offends in it.</summary>
    public static IngestRefusal? Inputs(SubmitJob request, Bundle bundle) =>
        MissingParams(request, bundle)
        ?? InvalidParams(request, bundle)
        ?? Refuse("unexpected_params", "The bundle takes no such params", request.Params.Keys.Except(bundle.InputParams.Select(param => param.Key), StringComparer.Ordinal))
        ?? Refuse("unexpected_files", "The bundle takes no such files", request.Files.Keys.Except(bundle.InputFiles.Select(file => file.Key), StringComparer.Ordinal))
        ?? Refuse("missing_required_files", "Required files are missing", bundle.InputFiles.Where(file => file.IsRequired && !request.Files.ContainsKey(file.Key)).Select(file => file.Key))
        ?? Refuse("invalid_file_names", $"File names must be 1 to {MaxFileName} characters without path or control characters; these are not", request.Files.Where(file => !IsFileName(file.Value)).Select(file => file.Key));

    /// <summary>Gets whether a trimmed text may be shown as the name of a file.</summary>
    public static bool IsFileName(string name) =>
        name.Trim() is { Length: > 0 and <= MaxFileName } trimmed
        && trimmed is not ("." or "..")
        && !trimmed.Any(c => c is '/' or '\\' || char.IsControl(c))
        && IngestCodes.IsStorable(trimmed);

    private static IngestRefusal? MissingParams(SubmitJob request, Bundle bundle) =>
        Refuse("missing_required_params", "Required params are missing", bundle.InputParams
            .Where(param => param.IsRequired && param.Key != ApiYear && IsAbsent(request.Params.GetValueOrDefault(param.Key)))
            .Select(param => param.Key));

    private static IngestRefusal? InvalidParams(SubmitJob request, Bundle bundle) =>
        Refuse("invalid_param_values", "These params have values that are not allowed", bundle.InputParams
            .Where(param => !IsGood(request.Params.GetValueOrDefault(param.Key), param))
            .Select(param => param.AllowedValues is { } allowed ? $"{param.Key} (allowed: {string.Join(" | ", allowed)})" : param.Key));

    private static bool IsAbsent(ParamValue value) => value.Text is null && !value.IsOther;

    private static bool IsGood(ParamValue value, BundleParam param) =>
        IsAbsent(value)
        || (value.Text is { Length: <= MaxParamValue } text
            && IngestCodes.IsStorable(text)
            && (param.AllowedValues is null || param.AllowedValues.Contains(text, StringComparer.Ordinal)));

    private static bool IsBundleKey(string key) => key.Length is > 0 and <= MaxBundleKey && IngestCodes.IsStorable(key);

    // One text whether the tenant is another partner's or nobody's: codes of others can't be probed.
    private static IngestRefusal UnknownTenant(string tenant) =>
        new(400, "tenant_not_found", $"The tenant {OffendingKeys.Show(tenant)} does not exist for this partner.");

    private static IngestRefusal UnknownBundle(string bundle) =>
        new(400, "bundle_not_enabled", $"The bundle {OffendingKeys.Show(bundle)} was not found or is not enabled for this partner.");

    private static IngestRefusal? Refuse(string code, string what, IEnumerable<string> keys) =>
        OffendingKeys.List(keys) is { } list ? new(400, code, $"{what}: {list}.") : null;
}
