using System.Text.Json.Serialization;
using Switchyard.AspNetCore.Scheduling.Accounts;
using Switchyard.AspNetCore.Scheduling.Errors;
using Switchyard.AspNetCore.Scheduling.Executions;
using Switchyard.AspNetCore.Scheduling.Health;
using Switchyard.AspNetCore.Scheduling.Jobs;
using Switchyard.AspNetCore.Scheduling.Metrics;
using Switchyard.AspNetCore.Scheduling.Webhooks;

namespace Switchyard.AspNetCore.Scheduling;

[JsonSerializable(typeof(CreateAccountRequest))]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(PageResponse<AccountResponse>), TypeInfoPropertyName = "PageResponseAccountResponse")]
[JsonSerializable(typeof(CreateJobRequest))]
[JsonSerializable(typeof(UpdateJobRequest))]
[JsonSerializable(typeof(JobResponse))]
[JsonSerializable(typeof(JobStateResponse))]
[JsonSerializable(typeof(PageResponse<JobResponse>), TypeInfoPropertyName = "PageResponseJobResponse")]
[JsonSerializable(typeof(ExplanationResponse))]
[JsonSerializable(typeof(UpcomingResponse))]
[JsonSerializable(typeof(ExecutionResponse))]
[JsonSerializable(typeof(PageResponse<ExecutionResponse>), TypeInfoPropertyName = "PageResponseExecutionResponse")]
[JsonSerializable(typeof(ReplayRequestBody))]
[JsonSerializable(typeof(ReplayedResponse))]
[JsonSerializable(typeof(CreateWebhookRequest))]
[JsonSerializable(typeof(UpdateWebhookRequest))]
[JsonSerializable(typeof(PreviewWebhookRequest))]
[JsonSerializable(typeof(WebhookResponse))]
[JsonSerializable(typeof(PageResponse<WebhookResponse>), TypeInfoPropertyName = "PageResponseWebhookResponse")]
[JsonSerializable(typeof(RenderedRequestResponse))]
[JsonSerializable(typeof(WebhookTestResponse))]
[JsonSerializable(typeof(MetricsResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(DetailedHealthResponse))]
[JsonSerializable(typeof(SchedulingErrorResponse))]
internal sealed partial class SchedulingJsonContext : JsonSerializerContext;
