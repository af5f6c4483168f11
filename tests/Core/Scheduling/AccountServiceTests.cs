namespace Switchyard.Scheduling;

public sealed class AccountServiceTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Accounts_are_made_and_listed_for_their_owner()
    {
        await using var host = await SchedulingHost.StartAsync();
        var id = Guid.NewGuid();

        var given = Assert.IsType<AccountResult.Created>(await CreateAsync(host, SchedulingHost.Ann, id, "Mine")).Account;
        var made = Assert.IsType<AccountResult.Created>(await CreateAsync(host, SchedulingHost.Ann, null, "Other")).Account;
        var page = Assert.IsType<AccountListResult.Listed>(await host.UseAsync<AccountService, AccountListResult>(service => service.ListAsync(SchedulingHost.Ann, 0, 10, Token))).Page;

        Assert.Equal((id, "Mine"), (given.Id, given.Name));
        Assert.Equal(new[] { given.Id, made.Id }.Order(), page.Items.Select(account => account.Id).Order());
        Assert.Equal(2, page.Total);
    }

    [Fact]
    public async Task Taken_id_and_bad_values_are_refused()
    {
        await using var host = await SchedulingHost.StartAsync();
        await host.ScheduleAsync();

        var taken = Assert.IsType<AccountResult.Refused>(await CreateAsync(host, SchedulingHost.Bob, SchedulingHost.Account, "x")).Refusal;
        var bad = Assert.IsType<AccountResult.Refused>(await CreateAsync(host, SchedulingHost.Bob, Guid.Empty, " ")).Refusal;

        Assert.Equal((409, "CONFLICT"), (taken.Status, taken.Code));
        Assert.Equal((400, "id name"), (bad.Status, string.Join(' ', bad.Problems.Select(problem => problem.Field))));
        var page = Assert.IsType<AccountListResult.Listed>(await host.UseAsync<AccountService, AccountListResult>(service => service.ListAsync(SchedulingHost.Bob, 0, 10, Token))).Page;
        Assert.Equal(0, page.Total);
    }

    private static Task<AccountResult> CreateAsync(SchedulingHost host, string subject, Guid? id, string? name) =>
        host.UseAsync<AccountService, AccountResult>(service => service.CreateAsync(subject, id, name, Token));
}
