using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.FaultRig.Worker;
using Switchyard.FaultRig.Worker.FailPoints;

// Roles: "points" lists the failpoints, "migrate" makes the tables, "work" runs jobs, "submit" enqueues them.
var role = args.Length == 1 ? args[0] : "";
if (role == "points")
{
    Console.WriteLine(string.Join('\n', FailPoint.StorePoints));
    return 0;
}

if (role is not ("migrate" or "work" or "submit"))
{
    await Console.Error.WriteLineAsync("Say what to do: points, migrate, work or submit.");
    return 2;
}

Signals.IgnoreFileSizeLimit();
var settings = WorkerSettings.FromEnvironment();
using var journal = new Journal(settings.Journal);
using var host = WorkerHost.Build(settings, journal, role);
if (role == "migrate")
{
    await host.Services.MigrateSwitchyardAsync<RigContext>();
    return 0;
}

// The first call builds EF Core's model, which on a busy machine takes longer than a lease of three seconds lasts.
await WorkerHost.WarmUpAsync(host);
host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Say("ready"));
host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => journal.Write("stopping"));
await host.RunAsync();
Say("stopped");
return 0;

void Say(string what)
{
    journal.Write(what);
    Console.WriteLine(what);
}
