using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Switchyard.Jobs;

/// <summary>Checks what the attributes of <see cref="JobsOptions"/> can't say: the options within, and fields against each other.</summary>
internal sealed class JobsOptionsValidator : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        var failures = new List<string>();
        AddWrong(options.Retry, nameof(options.Retry), failures);
        AddWrong(options.Health, nameof(options.Health), failures);
        if (options.Retry is { } retry && retry.FirstDelay > retry.MaxDelay)
        {
            failures.Add("Jobs: Retry.FirstDelay may not be longer than Retry.MaxDelay.");
        }

        if (options.Retention is { } retention && (retention.Ended < TimeSpan.Zero || retention.Failed < TimeSpan.Zero || retention.MaxCount < 0))
        {
            failures.Add("Jobs: Retention may hold no negative time or number; leave one null to keep jobs for ever.");
        }

        if (options.WorkerName is { } worker && string.IsNullOrWhiteSpace(worker))
        {
            failures.Add("Jobs: WorkerName may not be blank; leave it null for a name that is made.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void AddWrong(object? inner, string name, List<string> failures)
    {
        // What is missing altogether the attributes of the outer options have told.
        var wrong = new List<ValidationResult>();
        if (inner is not null && !Validator.TryValidateObject(inner, new ValidationContext(inner), wrong, validateAllProperties: true))
        {
            failures.AddRange(wrong.Select(result => $"Jobs: {name}.{result.ErrorMessage}"));
        }
    }
}
