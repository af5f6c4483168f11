namespace Switchyard.Tokens.Keys;

/// <summary>Tells that an issuer's document isn't what it has to be.</summary>
internal sealed class KeyDocumentException(string message) : Exception(message);
