using System.Globalization;

namespace Switchyard.Simulation.Commands;

/// <summary>What the command line asks for.</summary>
internal sealed record SimulatorArguments
{
    /// <summary>Gets the first seed.</summary>
    public ulong From { get; init; } = 1;

    /// <summary>Gets how many seeds.</summary>
    public int Seeds { get; init; } = 2_000;

    /// <summary>Gets how far apart the seeds are, where several processes share a range.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Gets how many processes share the seeds.</summary>
    public int Processes { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Gets whether the events are printed.</summary>
    public bool Log { get; init; }

    /// <summary>Gets whether a digest of each seed's events is printed.</summary>
    public bool Digest { get; init; }

    /// <summary>Gets whether the seeds that failed once are run too.</summary>
    public bool Known { get; init; } = true;

    /// <summary>Gets the faults to do, by number; <see langword="null"/> for all of the plan.</summary>
    public IReadOnlyList<int>? Faults { get; init; }

    /// <summary>Gets the names that are left.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public static SimulatorArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new SimulatorArguments();
        for (var index = 0; index < arguments.Count; index++)
        {
            string Value() => ++index < arguments.Count ? arguments[index] : throw new ArgumentException($"{arguments[index - 1]} needs a value.");
            parsed = arguments[index] switch
            {
                "--from" => parsed with { From = ulong.Parse(Value(), CultureInfo.InvariantCulture) },
                "--seeds" => parsed with { Seeds = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--seed" => parsed with { From = ulong.Parse(Value(), CultureInfo.InvariantCulture), Seeds = 1, Known = false },
                "--step" => parsed with { Step = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--processes" => parsed with { Processes = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--faults" => parsed with { Faults = [.. Value().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))] },
                "--log" => parsed with { Log = true },
                "--digest" => parsed with { Digest = true },
                "--new" => parsed with { Known = false },
                var name => parsed with { Names = [.. parsed.Names, name] },
            };
        }

        return parsed;
    }

    public static int Help()
    {
        Console.WriteLine("""
            --seeds N [--from N] [--processes N]   run so many histories; the seeds of seeds.txt first, unless --new
            --seed N [--log] [--faults 1,2]        run one history, print its events, with some of its faults only
            --seeds N --digest                     print a digest of each history's events
            planted [name…] [--seeds N]            break a copy of src in known ways, and see that each is found
            """);
        return 0;
    }
}
