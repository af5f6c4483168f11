using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;

namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Turns rows into the records of the ingest ports and back.</summary>
internal static class IngestRows
{
    public static IngestJobEntity ToEntity(IngestJob job) => new()
    {
        Uid = job.Uid,
        Partner = StoredText.Clean(job.Partner),
        Tenant = StoredText.Clean(job.Tenant),
        Bundle = StoredText.Clean(job.Bundle),
        SchoolYear = StoredText.Clean(job.SchoolYear),
        Params = JsonSerializer.Serialize(job.Params),
        BundleSnapshot = StoredText.Clean(job.BundleSnapshot),
        StoragePrefix = StoredText.Clean(job.StoragePrefix),
        ClientIssuer = StoredText.Clean(job.Client.Issuer),
        ClientId = StoredText.Clean(job.Client.ClientId),
        ClientName = StoredText.Clean(job.Client.Name),
        CreatedAt = job.CreatedAt,
    };

    public static IngestFileEntity ToEntity(Guid jobUid, IngestFile file) => new()
    {
        JobUid = jobUid,
        Key = StoredText.Clean(file.Key),
        Name = StoredText.Clean(file.Name),
        ObjectKey = StoredText.Clean(file.ObjectKey),
        FrozenKey = StoredText.Clean(file.FrozenKey),
        Size = file.Size,
    };

    public static IngestRunErrorEntity ToEntity(Guid runUid, IngestRunError error) => new()
    {
        RunUid = runUid,
        Code = StoredText.Clean(error.Code, StoredText.ErrorLength),
        Message = StoredText.Clean(error.Message, StoredText.ErrorLength),
        Payload = StoredText.Clean(error.Payload),
    };

    public static IngestJob ToJob(IngestJobEntity row, IEnumerable<IngestFileEntity> files, IReadOnlyList<IngestRun> runs) => new()
    {
        Uid = row.Uid,
        Partner = row.Partner,
        Tenant = row.Tenant,
        Bundle = row.Bundle,
        SchoolYear = row.SchoolYear,
        Params = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Params)!,
        BundleSnapshot = row.BundleSnapshot,
        StoragePrefix = row.StoragePrefix,
        Client = new IngestClient(row.ClientIssuer, row.ClientId, row.ClientName),
        CreatedAt = row.CreatedAt,
        Files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(ToFile)],
        Runs = runs,
    };

    public static IngestRun ToRun(IngestRunEntity row, IEnumerable<IngestRunErrorEntity> errors) => new()
    {
        Uid = row.Uid,
        JobUid = row.JobUid,
        Status = (IngestRunStatus)row.Status,
        CreatedAt = row.CreatedAt,
        StartedAt = row.StartedAt,
        FinishedAt = row.FinishedAt,
        Engine = row.Engine,
        Summary = row.Summary,
        UnmatchedIds = row.UnmatchedIds,
        LogTail = row.LogTail,
        Fence = row.Fence,
        Errors = [.. errors.OrderBy(error => error.Id).Select(error => new IngestRunError(error.Code, error.Message, error.Payload))],
        OutputFiles = row.OutputFiles is null ? [] : JsonSerializer.Deserialize<string[]>(row.OutputFiles)!,
    };

    /// <summary>Reads everything that belongs to some jobs, with a fixed number of statements.</summary>
    public static async Task<List<IngestJob>> LoadAsync(StoreSession session, IReadOnlyList<IngestJobEntity> jobs, IQueryable<IngestRunEntity> ofRuns)
    {
        Guid[] uids = [.. jobs.Select(job => job.Uid)];
        var files = await session.Context.Set<IngestFileEntity>().AsNoTracking()
            .Where(file => uids.Contains(file.JobUid)).ToListAsync(session.Cancellation).ConfigureAwait(false);
        var runs = await ofRuns.AsNoTracking()
            .Where(run => uids.Contains(run.JobUid)).OrderBy(run => run.Number).ToListAsync(session.Cancellation).ConfigureAwait(false);
        Guid[] runUids = [.. runs.Select(run => run.Uid)];
        var errors = runUids.Length == 0
            ? []
            : await session.Context.Set<IngestRunErrorEntity>().AsNoTracking()
                .Where(error => runUids.Contains(error.RunUid)).ToListAsync(session.Cancellation).ConfigureAwait(false);
        var filesByJob = files.ToLookup(file => file.JobUid);
        var errorsByRun = errors.ToLookup(error => error.RunUid);
        var runsByJob = runs.ToLookup(run => run.JobUid, run => ToRun(run, errorsByRun[run.Uid]));
        return [.. jobs.Select(job => ToJob(job, filesByJob[job.Uid], [.. runsByJob[job.Uid]]))];
    }

    /// <summary>Reads a job off the first columns of <see cref="IngestSql.FindNew"/>.</summary>
    public static IngestJobEntity ReadJob(SqlReader row, Guid uid) => new()
    {
        Uid = uid,
        Partner = row.Text(0),
        Tenant = row.Text(1),
        Bundle = row.Text(2),
        SchoolYear = row.Text(3),
        Params = row.Text(4),
        BundleSnapshot = row.Text(5),
        StoragePrefix = row.Text(6),
        ClientIssuer = row.Text(7),
        ClientId = row.TextOrNull(8),
        ClientName = row.TextOrNull(9),
        CreatedAt = row.Instant(10),
    };

    /// <summary>Reads a file, or <see langword="null"/> where the job has none.</summary>
    public static IngestFileEntity? ReadFile(SqlReader row, Guid jobUid, int first) => row.TextOrNull(first) is not { } key ? null : new()
    {
        JobUid = jobUid,
        Key = key,
        Name = row.Text(first + 1),
        ObjectKey = row.Text(first + 2),
        FrozenKey = row.TextOrNull(first + 3),
        Size = row.LongOrNull(first + 4),
    };

    private static IngestFile ToFile(IngestFileEntity file) => new()
    {
        Key = file.Key,
        Name = file.Name,
        ObjectKey = file.ObjectKey,
        FrozenKey = file.FrozenKey,
        Size = file.Size,
    };
}
