using System.Data.Common;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents a failure of the database whose own exception doesn't say that the same may succeed later, such as a locked file.</summary>
/// <remarks>Whoever answers for the store, such as an HTTP surface, asks for <see cref="DbException.IsTransient"/> and knows no provider.</remarks>
internal sealed class StoreOutageException(DbException cause) : DbException($"The database can't be used now: {cause.Message}", cause)
{
    public override bool IsTransient => true;
}
