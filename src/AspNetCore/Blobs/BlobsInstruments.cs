using System.Diagnostics.Metrics;

namespace Switchyard.AspNetCore.Blobs;

/// <summary>Counts uploads and their bytes.</summary>
internal sealed class BlobsInstruments
{
    public const string MeterName = "Switchyard.Blobs";
    public const string Uploads = "switchyard.blobs.uploads";
    public const string UploadedBytes = "switchyard.blobs.uploaded_bytes";
    public const string Status = "http.response.status_code";
    private readonly Counter<long> _uploads;
    private readonly Counter<long> _bytes;

    public BlobsInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _uploads = meter.CreateCounter<long>(Uploads, "{upload}", "Uploads that were answered, by status.");
        _bytes = meter.CreateCounter<long>(UploadedBytes, "By", "Bytes of uploads that were stored.");
    }

    public void OnUploadEnded(int status) => _uploads.Add(1, new KeyValuePair<string, object?>(Status, status));

    public void OnUploadStored(long bytes) => _bytes.Add(bytes);
}
