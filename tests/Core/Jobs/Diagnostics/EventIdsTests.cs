using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Switchyard.Jobs.Diagnostics;

public sealed class EventIdsTests
{
    [Fact]
    public void Every_number_has_one_name_and_every_message_uses_one_of_them()
    {
        var numbers = typeof(EventIds).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => (int)field.GetRawConstantValue()!, field => field.Name);
        var messages = typeof(EventIds).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .ToArray();

        Assert.Equal(numbers.OrderBy(pair => pair.Key), messages.Select(message => KeyValuePair.Create(message.EventId, message.EventName!)).OrderBy(pair => pair.Key));
    }
}
