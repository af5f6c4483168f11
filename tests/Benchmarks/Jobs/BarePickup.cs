using Npgsql;
using NpgsqlTypes;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>The floor of pickups on PostgreSQL: an INSERT that notifies, LISTEN, and a claim.</summary>
internal static class BarePickup
{
    private const int MostJobs = 10;

    public static async Task<Pickups> RunAsync(BareQueue queue, int jobs, TimeSpan pace)
    {
        await queue.RefillAsync(0);
        var pickups = new Pickups(jobs);
        using var stop = new CancellationTokenSource();
        await using var listener = await queue.OpenAsync();
        await using (var listen = new NpgsqlCommand("listen bare", listener))
        {
            await listen.ExecuteNonQueryAsync();
        }

        await using var insert = await queue.PrepareAsync("with job as (insert into bare (payload) values ($1::jsonb) returning id) select pg_notify('bare', '') from job", NpgsqlDbType.Text);
        await using var inserter = insert.Connection!;
        var claiming = ClaimAsync(queue, listener, pickups, stop.Token);
        await pickups.RunAsync(jobs, pace, async number =>
        {
            insert.Parameters[0].Value = $$"""{"number":{{number}}}""";
            pickups.OnEnqueue(number);
            await insert.ExecuteNonQueryAsync();
        });
        await stop.CancelAsync();
        await claiming;
        return pickups;
    }

    private static async Task ClaimAsync(BareQueue queue, NpgsqlConnection listener, Pickups pickups, CancellationToken stop)
    {
        await using var claim = await queue.PrepareClaimAsync(MostJobs);
        await using var claimer = claim.Connection!;
        await using var complete = await queue.PrepareCompleteAsync();
        await using var completer = complete.Connection!;
        List<long> ids = [], tokens = [];
        try
        {
            while (true)
            {
                await listener.WaitAsync(stop);
                do
                {
                    ids.Clear();
                    tokens.Clear();
                    await using (var reader = await claim.ExecuteReaderAsync(CancellationToken.None))
                    {
                        while (await reader.ReadAsync(CancellationToken.None))
                        {
                            pickups.OnPickup(NumberOf(reader.GetString(2)));
                            ids.Add(reader.GetInt64(0));
                            tokens.Add(reader.GetInt64(1));
                        }
                    }

                    (complete.Parameters[0].Value, complete.Parameters[1].Value) = (ids.ToArray(), tokens.ToArray());
                    await complete.ExecuteNonQueryAsync(CancellationToken.None);
                }
                while (ids.Count > 0);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Every job was picked up.
        }
    }

    private static int NumberOf(string payload) => System.Text.Json.JsonSerializer.Deserialize<NoOp>(payload, System.Text.Json.JsonSerializerOptions.Web)!.Number;
}
