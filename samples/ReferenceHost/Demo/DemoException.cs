namespace Switchyard.ReferenceHost.Demo;

/// <summary>The exception that is thrown when the demo can't go on; its message says why, to the person who started it.</summary>
internal sealed class DemoException(string message) : Exception(message);
