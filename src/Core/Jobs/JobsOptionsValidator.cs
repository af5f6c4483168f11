using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Switchyard.Jobs;

/// <summary>Checks what the attributes of <see cref="JobsOptions"/> can't say: the options within, and fields against each other.</summary>
internal sealed class JobsOptionsValidator : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        var failures = new List<string>();
        if (options.Retry is { } retry)
        {
            var wrong = new List<ValidationResult>();
            Validator.TryValidateObject(retry, new ValidationContext(retry), wrong, validateAllProperties: true);
            failures.AddRange(wrong.Select(result => $"Jobs: Retry.{result.ErrorMessage}"));
            if (retry.FirstDelay > retry.MaxDelay)
            {
                failures.Add("Jobs: Retry.FirstDelay may not be longer than Retry.MaxDelay.");
            }
        }

        if (options.WorkerName is { } worker && string.IsNullOrWhiteSpace(worker))
        {
            failures.Add("Jobs: WorkerName may not be blank; leave it null for a name that is made.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
