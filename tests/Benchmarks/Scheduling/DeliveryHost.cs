using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Secrets;

namespace Switchyard.Benchmarks.Scheduling;

/// <summary>Makes hosts as the packages' READMEs show, with default options but for one: receivers of the own machine may be called.</summary>
internal static class DeliveryHost
{
    /// <param name="connectionString">The database.</param>
    /// <param name="keys">The folder of the keys that seal secrets, shared by the processes.</param>
    /// <param name="works">Whether it runs jobs, or only stores them.</param>
    public static IHost Create(string connectionString, string keys, bool works)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<DeliveryContext>(options => options.UseSwitchyardPostgreSql(connectionString));
        builder.Services.AddSingleton<ISecretProtector>(new Protector(DataProtectionProvider.Create(new DirectoryInfo(keys))));
        builder.Services.AddOutboundGuard(options => options.AllowPrivateNetworks = true);
        builder.Services.AddJobs(options => options.Enabled = works).UseEfCore<DeliveryContext>();
        builder.Services.AddScheduling().UseEfCore<DeliveryContext>();
        return builder.Build();
    }

    private sealed class Protector(IDataProtectionProvider provider) : ISecretProtector
    {
        public string Protect(string purpose, string secret) => provider.CreateProtector(purpose).Protect(secret);

        public string Unprotect(string purpose, string sealedSecret) => provider.CreateProtector(purpose).Unprotect(sealedSecret);
    }
}
