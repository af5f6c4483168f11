using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Accounts;

/// <summary>Maps the routes of accounts, which contract 5 adds to seed 4.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder endpoints, string scheme)
    {
        var accounts = endpoints.MapGroup("/api/accounts");
        accounts.MapGet("", ListAsync).Documented(AccountDocuments.List, scheme);
        accounts.MapPost("", CreateAsync).Documented(AccountDocuments.Create, scheme);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ClaimsPrincipal user, AccountService service, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(request.Query, out var paging, out var error))
        {
            return SchedulingResults.Refused(error);
        }

        return await service.ListAsync(SchedulingCaller.Subject(user), paging.Skip, paging.Limit, cancellationToken) switch
        {
            AccountListResult.Listed listed => SchedulingResults.Json(
                PageResponse<AccountResponse>.Of([.. listed.Page.Items.Select(AccountResponse.From)], listed.Page.Total, paging),
                SchedulingJson.Context.PageResponseAccountResponse),
            AccountListResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
            var result => throw SchedulingResults.Unmapped(result),
        };
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ClaimsPrincipal user, AccountService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return SchedulingResults.Refused(body.Error);
        }

        var fields = new BodyFields(body.Value, "name");
        var (id, name) = (fields.Id("id"), fields.Text("name"));
        if (fields.Problems.Count > 0)
        {
            return SchedulingResults.Invalid(fields.Problems);
        }

        return await service.CreateAsync(SchedulingCaller.Subject(user), id, name, cancellationToken) switch
        {
            AccountResult.Created created => SchedulingResults.Json(
                AccountResponse.From(created.Account), SchedulingJson.Context.AccountResponse, StatusCodes.Status201Created),
            AccountResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
            var result => throw SchedulingResults.Unmapped(result),
        };
    }
}
