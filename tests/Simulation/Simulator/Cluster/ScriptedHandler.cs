using System.Globalization;
using Switchyard.Jobs;
using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Cluster;

/// <summary>Does what the job's script says, and notes it.</summary>
internal sealed class ScriptedHandler(World world, Process process) : IJobHandler<int>
{
    public Task<JobRunResult> RunAsync(int payload, JobContext context, CancellationToken cancellationToken)
    {
        var script = world.Plan.Scripts[payload];
        var run = new HandlerRun
        {
            Process = process.Life, Ticket = new Ticket(world.Ids.NumberOf(context.JobId), context.Lease.Token), Attempt = context.Attempt, StartedAt = world.Agenda.Now,
        };
        world.History.Runs.Add(run);
        world.Log?.Line(process.Life.Name, $"runs {run.Ticket}, attempt {run.Attempt}: {script.ActOf(context.Attempt).Ending}");
        if (script.ActOf(context.Attempt).Ending == Ending.ThrowAtOnce)
        {
            Note(run, RunEnd.Threw);
            throw new InvalidOperationException("The handler throws at once.");
        }

        return RunAsync(run, script.ActOf(context.Attempt), context, cancellationToken);
    }

    private async Task<JobRunResult> RunAsync(HandlerRun run, Act act, JobContext context, CancellationToken cancellationToken)
    {
        await using var noted = cancellationToken.Register(() =>
        {
            run.CancelledAt = world.Agenda.Now;
            world.Log?.Line(process.Life.Name, $"cancels {run.Ticket}");
        });
        try
        {
            if (run.Ticket.Job % 2 == 0)
            {
                context.Progress.Report(50, "half-way");
            }

            await WorkAsync(act, cancellationToken);
            return End(run, act);
        }
        catch (OperationCanceledException)
        {
            Note(run, RunEnd.GaveUp);
            throw;
        }
        catch (InvalidOperationException)
        {
            Note(run, RunEnd.Threw);
            throw;
        }
    }

    private async Task WorkAsync(Act act, CancellationToken cancellationToken)
    {
        var work = act.Ending switch
        {
            Ending.Hang => Timeout.InfiniteTimeSpan,
            Ending.IgnoreToken => act.Work * 2,
            _ => act.Work,
        };
        if (work != TimeSpan.Zero)
        {
            await Task.Delay(work, process.Clock, act.Ending == Ending.IgnoreToken ? CancellationToken.None : cancellationToken);
        }
    }

    private JobRunResult End(HandlerRun run, Act act)
    {
        if (act.Ending == Ending.Throw)
        {
            throw new InvalidOperationException("The handler throws.");
        }

        if (act.Ending == Ending.UnknownEffect)
        {
            // The first could be applied; it may not be, as the second can't.
            Note(run, RunEnd.Succeeded);
            return JobRunResult.Succeeded(world.NewRequest(world.Plan.Scripts[^1]), new UnknownEffect());
        }

        JobEffect[] effects = [.. act.Continuations.Select(script => world.NewRequest(world.Plan.Scripts[script]))];
        run.Continuations = [.. effects.Cast<JobRequest>().Select(request => world.Ids.NumberOf(request.Id))];
        var (end, result) = act.Ending switch
        {
            Ending.Fail => (RunEnd.Failed, JobRunResult.Failed("The script says so.", effects)),
            Ending.Retry => (RunEnd.Retry, JobRunResult.Retry("The script says so.", effects)),
            Ending.RetryAfter => (RunEnd.Retry, JobRunResult.RetryAfter(act.Wait, "The script says so.", effects)),
            _ => (RunEnd.Succeeded, JobRunResult.Succeeded(effects)),
        };
        run.Wait = act.Ending == Ending.RetryAfter ? act.Wait : null;
        Note(run, end);
        return result.WithOutput(run.Ticket.Token.ToString(CultureInfo.InvariantCulture));
    }

    private void Note(HandlerRun run, RunEnd end)
    {
        run.End = end;
        run.EndedAt = world.Agenda.Now;
        world.Log?.Line(process.Life.Name, $"ends {run.Ticket}: {end}{(run.Continuations.Count > 0 ? " with " + string.Join(", ", run.Continuations.Select(job => $"j{job}")) : "")}");
    }

    private sealed record UnknownEffect : JobEffect;
}
