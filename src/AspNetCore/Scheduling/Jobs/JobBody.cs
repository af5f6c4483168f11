using System.Text.Json;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Reads the bodies that make and change jobs: types alone. What values mean is the service's to check.</summary>
internal static class JobBody
{
    /// <summary>Reads a body that makes a job.</summary>
    public static (CreateSchedule Request, IReadOnlyList<string> Problems) ReadCreate(JsonElement body)
    {
        var fields = new BodyFields(body, "account_id", "name", "schedule", "type");
        var request = new CreateSchedule
        {
            AccountId = fields.Id("account_id"),
            Name = fields.Text("name"),
            Schedule = fields.Text("schedule"),
            Type = fields.Number("type"),
            TimeZone = fields.Text("timezone"),
            Enabled = fields.Flag("enabled") ?? true,
            MisfirePolicy = fields.Choice("misfire_policy", PolicyNames.Misfire) ?? default,
            CatchUpWindow = fields.Seconds("catch_up_window_seconds"),
            OverlapPolicy = fields.Choice("overlap_policy", PolicyNames.Overlap) ?? default,
        };
        return (request, fields.Problems);
    }

    /// <summary>Reads a body that changes a job, and the account that it names, which can't be changed.</summary>
    public static (UpdateSchedule Request, Guid? AccountId, IReadOnlyList<string> Problems) ReadUpdate(JsonElement body)
    {
        var fields = new BodyFields(body);
        var account = fields.Id("account_id");
        var request = new UpdateSchedule
        {
            Name = fields.Text("name"),
            Schedule = fields.Text("schedule"),
            Type = fields.Number("type"),
            TimeZone = fields.Text("timezone"),
            Enabled = fields.Flag("enabled"),
            MisfirePolicy = fields.Choice("misfire_policy", PolicyNames.Misfire),
            CatchUpWindow = fields.Seconds("catch_up_window_seconds"),
            OverlapPolicy = fields.Choice("overlap_policy", PolicyNames.Overlap),
        };
        return (request, account, fields.Problems);
    }
}
