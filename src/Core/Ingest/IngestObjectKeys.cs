namespace Switchyard.Ingest;

/// <summary>Makes the keys of a job's objects. No text of a user ever is part of one: codes are checked, the rest is random.</summary>
internal static class IngestObjectKeys
{
    public const string OutputLog = "executor.log";

    public static string Prefix(string partner, string tenant, Guid jobUid)
    {
        if (!IngestCodes.IsCode(partner) || !IngestCodes.IsCode(tenant))
        {
            throw new ArgumentException("A code that isn't of the grammar may not become part of a key.");
        }

        return $"jobs/{partner}/{tenant}/{jobUid:D}";
    }

    public static string Input(string prefix, Guid fileUid) => $"{prefix}/input/{fileUid:D}";

    /// <remarks>Beside the folders of the others, so that a store of folders needs to make none when a job starts.</remarks>
    public static string Frozen(string prefix, Guid fileUid) => $"{prefix}/{fileUid:D}";

    public static string OutputPrefix(string prefix) => $"{prefix}/output/";

    public static string Output(string prefix, string name) => OutputPrefix(prefix) + name;
}
