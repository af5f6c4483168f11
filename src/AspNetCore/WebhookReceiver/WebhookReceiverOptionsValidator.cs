using Microsoft.Extensions.Options;
using Switchyard.Webhooks;

namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Checks the secrets, without repeating them.</summary>
internal sealed class WebhookReceiverOptionsValidator : IValidateOptions<WebhookReceiverOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookReceiverOptions options)
    {
        if (options.Secrets.Count == 0)
        {
            return ValidateOptionsResult.Fail("WebhookReceiverOptions.Secrets is empty; add the secret that the sender showed, such as whsec_MfKQ….");
        }

        var faults = Enumerable.Range(0, options.Secrets.Count)
            .Where(index => !WebhookSecret.TryParse(options.Secrets[index], out _))
            .Select(index => $"WebhookReceiverOptions.Secrets[{index}] is no secret: it must be \"{WebhookSecret.Prefix}\" and the base64 of {WebhookSecret.MinBytes} to {WebhookSecret.MaxBytes} bytes.")
            .ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
