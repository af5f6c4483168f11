using System.Reflection;
using System.Runtime.CompilerServices;

namespace Switchyard.Architecture.Tests;

/// <summary>What the compiled packages must look like: sealed types, small ports, unmistakable events.</summary>
public sealed class TypeRuleTests
{
    public static TheoryData<string> Packages() => [.. Repository.Projects("src").Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Classes_are_sealed_static_or_abstract(string package)
    {
        var open = Assembly.Load(package).GetTypes()
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !IsGenerated(type) && !IsMigration(type))
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Storage_ports_have_at_most_ten_members(string package)
    {
        var fat = Assembly.Load(package).GetTypes()
            .Where(type => type.IsInterface && type.IsPublic && type.Name.EndsWith("Store", StringComparison.Ordinal))
            .Where(type => type.GetMethods().Length > 10)
            .Select(type => type.Name);

        Assert.Empty(fat);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Event_ids_and_names_are_unique_in_a_package(string package)
    {
        var events = Assembly.Load(package).GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == "LoggerMessageAttribute"))
            .Where(attribute => attribute is not null)
            .Select(Event)
            .Distinct()
            .ToArray();

        Assert.Equal(events.Length, events.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(events.Length, events.Select(entry => entry.Name).Distinct().Count());
        Assert.DoesNotContain(events, entry => entry.Id == 0 || entry.Name is null);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Storage_shows_extensions_and_the_seams_it_documents_only(string package)
    {
        if (!package.StartsWith("Switchyard.Storage.EfCore", StringComparison.Ordinal))
        {
            return;
        }

        var shown = Assembly.Load(package).GetExportedTypes()
            .Where(type => !IsMigration(type))
            .Where(type => !type.Name.EndsWith("Extensions", StringComparison.Ordinal) && !type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(type => type.Name.Split('`')[0]);

        Assert.All(shown, name => Assert.Contains($"`{name}`", Repository.Read("docs/architecture.md"), StringComparison.Ordinal));
    }

    private static (int Id, string? Name) Event(CustomAttributeData? attribute)
    {
        var named = attribute!.NamedArguments.ToDictionary(argument => argument.MemberName, argument => argument.TypedValue.Value);
        var id = named.GetValueOrDefault("EventId") ?? attribute.ConstructorArguments.FirstOrDefault().Value ?? 0;
        return ((int)id, (string?)named.GetValueOrDefault("EventName"));
    }

    private static bool IsMigration(Type type) => type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) == true;

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.DeclaringType is { } outer && IsGenerated(outer)
        || type.FullName!.StartsWith("System.", StringComparison.Ordinal)
        || type.FullName.StartsWith("Microsoft.", StringComparison.Ordinal)
        || type.Name.Contains('<', StringComparison.Ordinal)
        || type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name is "GeneratedCodeAttribute" or "EmbeddedAttribute");
}
