using System.Text.Json;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Reads the body of a request to create a job: types and presence. What values mean is the service's to check.</summary>
internal static class CreateJobBody
{
    private const int YearDigits = 4;

    /// <summary>Reads a body.</summary>
    /// <returns>The request, good only where there are no violations.</returns>
    public static (SubmitJob Request, IReadOnlyList<string> Violations) Read(JsonElement body, string? idempotencyKey)
    {
        var reader = new BodyReader(body);
        var request = new SubmitJob
        {
            Partner = reader.Text("partner"),
            Tenant = reader.Text("tenant"),
            Bundle = reader.Text("bundle"),
            SchoolYear = SchoolYear(reader),
            Files = Files(reader),
            Params = Params(reader),
            IdempotencyKey = idempotencyKey,
        };
        return (request, reader.Violations);
    }

    private static string SchoolYear(BodyReader reader)
    {
        if (reader.Any("schoolYear") is { ValueKind: JsonValueKind.String } value
            && value.GetString() is { Length: YearDigits } year
            && year.All(char.IsAsciiDigit))
        {
            return year;
        }

        reader.Violate("schoolYear must be a string of four digits, such as 2526");
        return "";
    }

    private static Dictionary<string, string> Files(BodyReader reader)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in reader.Members("files", required: true))
        {
            if (member.Value.ValueKind == JsonValueKind.String)
            {
                files[member.Name] = member.Value.GetString()!;
            }
            else
            {
                reader.Violate($"files.{BodyReader.Show(member.Name)} must be a string");
            }
        }

        return files;
    }

    private static Dictionary<string, ParamValue> Params(BodyReader reader)
    {
        var values = new Dictionary<string, ParamValue>(StringComparer.Ordinal);
        foreach (var member in reader.Members("params", required: false))
        {
            if (member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            {
                values[member.Name] = member.Value.GetString() is { } text ? ParamValue.Of(text) : ParamValue.Null;
            }
            else
            {
                reader.Violate($"params.{BodyReader.Show(member.Name)} must be a string or null");
            }
        }

        return values;
    }
}
