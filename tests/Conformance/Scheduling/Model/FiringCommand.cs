using FsCheck;
using FsCheck.Fluent;
using Switchyard.Scheduling;

namespace Switchyard.Conformance.Scheduling.Model;

/// <summary>Represents a call about one of a few firings.</summary>
internal abstract record FiringCommand(int Firing)
{
    /// <summary>Gets sequences of commands, in which the usual ways are more frequent than the odd ones.</summary>
    public static Gen<FiringCommand[]> Sequences { get; } = Any().ArrayOf(18);

    private static Gen<FiringCommand> Any()
    {
        var firing = Gen.Choose(0, 2);
        var attempt = Gen.Choose(1, 4);
        return Gen.Frequency(
            (3, from one in firing select (FiringCommand)new Queue(one)),
            (6, from one in firing from number in attempt select (FiringCommand)new Begin(one, number)),
            (6, from one in firing
                from number in Gen.Frequency((1, Gen.Constant<int?>(null)), (2, attempt.Select(value => (int?)value)))
                from status in Gen.Choose(2, 5)
                from retries in Gen.Elements(true, false)
                select (FiringCommand)new End(one, number, (ExecutionStatus)status, retries)),
            (3, from one in firing select (FiringCommand)new Replay(one)),
            (1, Gen.Constant<FiringCommand>(new Prune())),
            (2, Gen.Constant<FiringCommand>(new Wait())));
    }

    public sealed record Queue(int Firing) : FiringCommand(Firing);

    public sealed record Begin(int Firing, int Attempt) : FiringCommand(Firing);

    public sealed record End(int Firing, int? Attempt, ExecutionStatus Status, bool Retries) : FiringCommand(Firing);

    public sealed record Replay(int Firing) : FiringCommand(Firing);

    public sealed record Prune() : FiringCommand(0);

    public sealed record Wait() : FiringCommand(0);
}
