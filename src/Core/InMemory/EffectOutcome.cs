using System.Diagnostics.CodeAnalysis;

namespace Switchyard.InMemory;

/// <summary>Represents an effect that was applied, with the way back, or one that was refused.</summary>
internal readonly record struct EffectOutcome
{
    private EffectOutcome(Action? undo, string? refusal)
    {
        Undo = undo;
        Refusal = refusal;
    }

    /// <summary>Gets what takes the effect back when a later one of the same completion is refused.</summary>
    public Action? Undo { get; }

    /// <summary>Gets why the effect was refused.</summary>
    public string? Refusal { get; }

    /// <summary>Gets whether the effect was refused.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    [MemberNotNullWhen(false, nameof(Undo))]
    public bool IsRefused => Refusal is not null;

    /// <summary>Says that the effect was applied.</summary>
    public static EffectOutcome Applied(Action undo) => new(undo, null);

    /// <summary>Says that the effect was refused and changed nothing.</summary>
    public static EffectOutcome Refused(string reason) => new(null, reason);
}
