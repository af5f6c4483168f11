using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Scheduling.Accounts;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Describes the routes of accounts.</summary>
internal static class AccountDocuments
{
    private const string Accounts = "Accounts";

    public static RouteDocument List { get; } = new()
    {
        Name = "listAccounts",
        Tag = Accounts,
        Summary = "List the caller's accounts, oldest first",
        Success = (StatusCodes.Status200OK, typeof(PageResponse<AccountResponse>)),
        Errors = [400],
        Parameters = QueryDocument.Page,
    };

    public static RouteDocument Create { get; } = new()
    {
        Name = "createAccount",
        Tag = Accounts,
        Summary = "Create an account",
        Description = "Not needed before a job: the first job of an account makes it too.",
        Success = (StatusCodes.Status201Created, typeof(AccountResponse)),
        Errors = [400, 409, 413, 415],
        Body = (typeof(CreateAccountRequest), """{ "name": "Backups" }"""),
    };
}
