namespace Switchyard.FaultRig.Faults;

/// <summary>One way to make the system fail.</summary>
internal interface IFault
{
    /// <summary>Gets the name under which the report counts it.</summary>
    string Name { get; }

    /// <summary>Does it once. Returns when the next fault may follow; what goes on behind it is given to <see cref="Battlefield.Later"/>.</summary>
    /// <returns>How many times it was done; 0 where there was nothing to do it to.</returns>
    Task<int> InflictAsync(Battlefield field);
}
