using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore.Scheduling;

[OptionsValidator]
internal sealed partial class SchedulingApiOptionsValidator : IValidateOptions<SchedulingApiOptions>;
