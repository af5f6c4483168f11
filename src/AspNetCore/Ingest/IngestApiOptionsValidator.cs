using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore.Ingest;

[OptionsValidator]
internal sealed partial class IngestApiOptionsValidator : IValidateOptions<IngestApiOptions>;
