using Microsoft.EntityFrameworkCore;
using Npgsql;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Host=db", 64, 15)]
    [InlineData("Host=db;Max Auto Prepare=0;Keepalive=0", 0, 0)]
    [InlineData("Host=db;MaxAutoPrepare=7;KeepAlive=8", 7, 8)]
    public void Defaults_are_set_where_the_string_does_not_say_otherwise(string given, int prepare, int keepAlive)
    {
        using var context = new AppDbContext(new DbContextOptionsBuilder<AppDbContext>().UseSwitchyardPostgreSql(given).Options);

        var used = new NpgsqlConnectionStringBuilder(context.Database.GetConnectionString());

        Assert.Equal((prepare, keepAlive), (used.MaxAutoPrepare, used.KeepAlive));
    }
}
