using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Words the failures that whoever operates the host can mend, so that they see lines and no stack trace.</summary>
internal static class StartupFailure
{
    /// <summary>Gets the lines to show, or <see langword="null"/> for a failure that only its stack trace explains.</summary>
    public static IReadOnlyList<string>? Explain(Exception failure) => failure switch
    {
        SettingsException settings => settings.Problems,
        OptionsValidationException options => [.. options.Failures.Select(NameVariable)],
        IOException { InnerException: AddressInUseException } => [$"ASPNETCORE_URLS names an address that is in use ({OneLine(failure)}); example: ASPNETCORE_URLS=http://localhost:8081"],
        CryptographicException => ["MASTER_KEY is not the key that the secrets in the database were sealed with; example: the MASTER_KEY of the other nodes, or of the last start"],
        FormatException => [$"PARTNERS_FILE names a file that is malformed: {OneLine(failure)}"],
        DbException => [$"DATABASE_URL names a database that can't be used: {OneLine(failure)}; example: DATABASE_URL=postgres://user:password@localhost:5432/switchyard"],

        // EF Core wraps what it takes for transient.
        InvalidOperationException { InnerException: DbException database } => Explain(database),
        _ => null,
    };

    // What its operator has set is a variable, whatever the option is called that it went into.
    private static string NameVariable(string failure) =>
        failure.Replace("Token secret 'scheduler'", SchedulerSettingsReader.JwtSecret, StringComparison.Ordinal);

    private static string OneLine(Exception failure) => failure.Message.ReplaceLineEndings(" ");
}
