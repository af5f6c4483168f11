using System.Text;
using Switchyard.Cron;

namespace Switchyard.Jobs.Recurring.Templates;

/// <summary>Checks what a definition says of itself, so that no occurrence of it can fail to be stored.</summary>
internal static class RecurringJobRules
{
    private const int NameLength = 100;
    private const int NameBytes = 128;
    private const int KindLength = 128;

    public static void Check(RecurringJobDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        CheckName(definition.Name);
        CheckText(definition.Kind, KindLength, nameof(definition.Kind));
        CheckText(definition.Payload, int.MaxValue, nameof(definition.Payload));
        CronSchedule.Parse(definition.Expression, definition.TimeZone);
        ArgumentOutOfRangeException.ThrowIfLessThan(definition.MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(definition.Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(definition.Timeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(definition.CatchUpWindow ?? TimeSpan.Zero, TimeSpan.Zero, nameof(definition.CatchUpWindow));
    }

    public static void CheckName(string name)
    {
        CheckText(name, NameLength, nameof(name));
        if (Encoding.UTF8.GetByteCount(name) > NameBytes)
        {
            throw new ArgumentException($"The name of a recurring job has at most {NameBytes} bytes of UTF-8.", nameof(name));
        }
    }

    private static void CheckText(string? text, int maxLength, string name)
    {
        // NUL and lone surrogates no database stores; a payload is JSON, which escapes both.
        if (string.IsNullOrEmpty(text) || text.Length > maxLength || text.Contains('\0') || !IsWhole(text))
        {
            throw new ArgumentException($"{name} has {text?.Length ?? 0} characters; it needs at least one, at most {maxLength}, none of them NUL or half of a surrogate pair.", name);
        }
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i += char.IsSurrogate(text[i]) ? 2 : 1)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])))
            {
                return false;
            }
        }

        return true;
    }
}
