using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Applies the users' own effects.</summary>
internal sealed class EfEffectApplier<TContext> : IEffectApplier
    where TContext : DbContext
{
    public bool Knows(JobEffect effect) => effect is EfEffect<TContext>;

    public async Task ApplyAsync(StoreSession session, JobEffect effect)
    {
        await ((EfEffect<TContext>)effect).ApplyAsync((TContext)session.Context, session.Cancellation).ConfigureAwait(false);
        await session.Context.SaveChangesAsync(session.Cancellation).ConfigureAwait(false);
        session.Context.ChangeTracker.Clear();
    }
}
