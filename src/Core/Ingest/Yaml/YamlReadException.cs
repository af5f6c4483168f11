namespace Switchyard.Ingest.Yaml;

/// <summary>The exception that is thrown when a configuration text isn't what it should be; its message is one line, fit for an operator.</summary>
internal sealed class YamlReadException(string message, Exception? innerException = null) : FormatException(message, innerException);
