using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Cluster;

/// <content>What clients ask for, by the real queue, and again until they are answered.</content>
internal sealed partial class World
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly Process _client;
    private readonly Dictionary<int, JobId> _ofScript = [];
    private int _errandsLeft;

    private void Run(Errand errand)
    {
        _errandsLeft++;
        _ = RunAsync(errand);
    }

    private async Task RunAsync(Errand errand)
    {
        await (errand.Kind switch
        {
            ErrandKind.Enqueue => EnqueueAsync(errand),
            ErrandKind.Cancel => WithJobAsync(errand, (store, id) => store.CancelAsync(id, CancellationToken.None)),
            _ => WithJobAsync(errand, (store, id) => store.ReplayAsync(id, CancellationToken.None)),
        });
        _errandsLeft--;
    }

    private async Task EnqueueAsync(Errand errand)
    {
        JobRequest[] requests = [.. errand.Scripts.Select(script => NewRequest(Plan.Scripts[script]))];
        foreach (var (script, request) in errand.Scripts.Zip(requests))
        {
            _ofScript[script] = request.Id;
        }

        using var scope = _client.Services.CreateScope();
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        var results = await UntilAnsweredAsync(() => queue.EnqueueAsync(requests));
        foreach (var (request, result) in requests.Zip(results))
        {
            History.Acceptances.Add(new Acceptance(Agenda.Now, Ids.NumberOf(request.Id), Ids.NumberOf(result.Id), result.Created));
        }
    }

    private async Task WithJobAsync<T>(Errand errand, Func<IJobStore, JobId, Task<T>> ask)
    {
        if (_ofScript.TryGetValue(errand.Scripts[0], out var id))
        {
            var store = _client.Services.GetRequiredService<IJobStore>();
            await UntilAnsweredAsync(() => ask(store, id));
        }
    }

    private async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (IOException)
            {
                await Task.Delay(Patience, _client.Clock);
            }
        }
    }
}
