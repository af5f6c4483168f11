using Microsoft.EntityFrameworkCore;
using Switchyard.Storage.EfCore;

namespace Switchyard.FaultRig.Worker;

/// <summary>A row of our own in the transaction that completes the job. The table has no unique index: twice would be seen as twice.</summary>
internal sealed record EffectWritten(string JobId, long Token, string Node) : EfEffect<RigContext>
{
    public override Task ApplyAsync(RigContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"insert into rig_effects (job_id, token, node) values ({JobId}, {Token}, {Node})", cancellationToken);
}
