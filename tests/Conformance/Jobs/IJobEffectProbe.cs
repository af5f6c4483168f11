using Switchyard.Jobs;

namespace Switchyard.Conformance.Jobs;

/// <summary>Makes effects of a type that the store under test knows, and reads what they left.</summary>
public interface IJobEffectProbe
{
    /// <summary>Makes an effect that the store applies; <see cref="ReadAsync"/> must show <paramref name="text"/> once for each time it did.</summary>
    JobEffect Applicable(string text);

    /// <summary>Makes an effect of a known type that can't be applied, or <see langword="null"/> where there is none such.</summary>
    JobEffect? Impossible();

    /// <summary>Reads the texts of all applied effects, in the order of their application.</summary>
    Task<IReadOnlyList<string>> ReadAsync();
}
