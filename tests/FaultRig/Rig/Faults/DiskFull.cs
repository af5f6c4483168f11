namespace Switchyard.FaultRig.Faults;

/// <summary>A file takes all that is left of the volume, and goes again.</summary>
internal sealed class DiskFull(string folder) : IFault
{
    public string Name => "disk full";

    public async Task<int> InflictAsync(Battlefield field)
    {
        var path = Path.Combine(folder, "filler");
        await field.WithoutStoreAsync(Name, async () =>
        {
            await FillAsync(path);
            await Task.Delay(TimeSpan.FromSeconds(2));

            // A process that dies here must find a sound file, and no room, when it starts again.
            if (field.Next(2) == 0)
            {
                (await field.PickAsync())?.Kill();
            }

            await Task.Delay(TimeSpan.FromSeconds(2));
            File.Delete(path);
        });
        return 1;
    }

    private static async Task FillAsync(string path)
    {
        await using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var block in new[] { new byte[64 * 1024], new byte[4096], new byte[512] })
        {
            try
            {
                while (true)
                {
                    await filler.WriteAsync(block);
                }
            }
            catch (IOException)
            {
                // Full, for blocks of this size.
            }
        }
    }
}
