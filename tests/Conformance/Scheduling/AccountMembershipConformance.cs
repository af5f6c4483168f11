using FsCheck.Fluent;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Proves who belongs to accounts: each test is an obligation of <see cref="IAccountMembership"/>.</summary>
public abstract class AccountMembershipConformance : SchedulingConformance
{
    private IAccountMembership Accounts => Fixture.Accounts;

    /// <summary>Nothing is nobody's.</summary>
    [Fact]
    public async Task Account_that_does_not_exist_has_no_members()
    {
        Assert.False(await Accounts.IsMemberAsync("ann", Guid.NewGuid(), Cancellation));
        AssertSame(new AccountPage([], 0), await Accounts.ListAsync("ann", 0, 10, Cancellation));
    }

    /// <summary>Who names an account first has it; whoever comes later is told so, and changes nothing.</summary>
    [Fact]
    public async Task Account_belongs_to_whom_first_names_it()
    {
        var id = Guid.NewGuid();

        Assert.True(await Accounts.JoinAsync("ann", id, Now, Cancellation));
        Assert.False(await Accounts.JoinAsync("Ann", id, Now, Cancellation));
        Assert.True(await Accounts.JoinAsync("ann", id, Now.AddDays(1), Cancellation));

        Assert.True(await Accounts.IsMemberAsync("ann", id, Cancellation));
        Assert.False(await Accounts.IsMemberAsync("Ann", id, Cancellation));
        AssertSame(new AccountPage([new Account(id, "ann", "", Now)], 1), await Accounts.ListAsync("ann", 0, 10, Cancellation));
        Assert.Equal(0, (await Accounts.ListAsync("Ann", 0, 10, Cancellation)).Total);
    }

    /// <summary>Of many who name it at once, one has it.</summary>
    [Fact]
    public async Task Of_concurrent_joins_one_makes_the_account()
    {
        var id = Guid.NewGuid();

        var joined = await AtOnceAsync(8, index => Accounts.JoinAsync($"sub-{index}", id, Now, Cancellation));

        var owner = $"sub-{Array.IndexOf(joined, true)}";
        Assert.Equal(1, joined.Count(member => member));
        Assert.True(await Accounts.IsMemberAsync(owner, id, Cancellation));
        Assert.Equal(1, (await Accounts.ListAsync(owner, 0, 10, Cancellation)).Total);
    }

    /// <summary>An id is given out once.</summary>
    [Fact]
    public async Task Account_is_made_once()
    {
        var account = new Account(Guid.NewGuid(), "ann", "Ann's \"é\"", Now);

        var made = await AtOnceAsync(6, index => Accounts.CreateAsync(index % 2 == 0 ? account : account with { Owner = "bob" }, Cancellation));

        Assert.Equal(1, made.Count(one => one));
        var owner = await Accounts.IsMemberAsync("ann", account.Id, Cancellation) ? "ann" : "bob";
        AssertSame(new AccountPage([account with { Owner = owner }], 1), await Accounts.ListAsync(owner, 0, 10, Cancellation));
        Assert.Equal(0, (await Accounts.ListAsync(owner == "ann" ? "bob" : "ann", 0, 10, Cancellation)).Total);
    }

    /// <summary>P-PG1, 2, 4, 5: a page is a slice of the one order, with the total of all.</summary>
    [Fact]
    public void Pages_of_accounts_are_slices_of_their_order() => ConformanceProperty.Holds(
        from ages in Gen.Choose(0, 3).ListOf(6)
        from page in PageOf.Gen
        select (Ages: ages, Page: page),
        _ => [],
        PageOf.Interesting,
        async value =>
        {
            var owner = Guid.NewGuid().ToString();
            Account[] all = [.. value.Ages.Select(age => new Account(Guid.NewGuid(), owner, "", Now.AddSeconds(-age)))];
            foreach (var account in all)
            {
                await Accounts.CreateAsync(account, Cancellation);
            }

            Account[] expected = [.. all.OrderBy(account => account.CreatedAt).ThenBy(account => account.Id)];
            var found = await Accounts.ListAsync(owner, value.Page.Skip, value.Page.Limit, Cancellation);
            AssertSame(value.Page.Of(expected), [.. found.Items]);
            Assert.Equal(expected.Length, found.Total);
            return value.Page.Classes(expected.Length);
        },
        Fixture.PropertyCases);
}
