using Microsoft.Extensions.Options;
using Switchyard.Ingest.Callbacks;
using Switchyard.Ingest.Command;

namespace Switchyard.Ingest;

/// <summary>Checks what attributes can't say: what each executor needs.</summary>
internal sealed class IngestOptionsValidator : IValidateOptions<IngestOptions>
{
    private const int LeastKeyBytes = 32;

    public ValidateOptionsResult Validate(string? name, IngestOptions options)
    {
        List<string> faults = [];
        var callsBack = options.Executor is CommandExecutor.ExecutorName or CallbackExecutor.ExecutorName;
        if (options.CallbackKey is { Length: < LeastKeyBytes } || (callsBack && options.CallbackKey is null))
        {
            faults.Add($"IngestOptions.CallbackKey must be at least {LeastKeyBytes} bytes, such as RandomNumberGenerator.GetBytes({LeastKeyBytes}) kept for all nodes.");
        }

        if (callsBack && options.PublicUrl is not { IsAbsoluteUri: true })
        {
            faults.Add($"IngestOptions.PublicUrl must be the host's own base URL for the executor '{options.Executor}', such as http://localhost:8080.");
        }

        if (options.Executor == CommandExecutor.ExecutorName && CommandLine.Split(options.Command ?? "") is null)
        {
            faults.Add("IngestOptions.Command must be a command line for the executor 'command', such as: /usr/bin/python3 /opt/executor/main.py");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
