using System.Text.Json.Serialization;
using Switchyard.AspNetCore.Ingest.Callbacks;
using Switchyard.AspNetCore.Ingest.Jobs;

namespace Switchyard.AspNetCore.Ingest;

[JsonSerializable(typeof(CreatedJobResponse))]
[JsonSerializable(typeof(CreateJobRequest))]
[JsonSerializable(typeof(JobResponse))]
[JsonSerializable(typeof(IReadOnlyList<JobResponse>))]
[JsonSerializable(typeof(VerifiedTokenResponse))]
[JsonSerializable(typeof(StatusReportRequest))]
[JsonSerializable(typeof(ErrorReportRequest))]
[JsonSerializable(typeof(UnmatchedIdsRequest))]
[JsonSerializable(typeof(InitResponse))]
[JsonSerializable(typeof(CallbackJobResponse))]
[JsonSerializable(typeof(HandedOutRunResponse))]
[JsonSerializable(typeof(IngestErrorResponse))]
internal sealed partial class IngestJsonContext : JsonSerializerContext;
