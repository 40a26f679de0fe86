namespace CentralPay.Workflows.Payments.Documents;

/// <summary>Where attachments, message texts and files are kept, beside the database. Scoped to a merchant.</summary>
public interface IBlobStore
{
    /// <summary>Keeps the bytes under a new name and answers it. What is written for a commit that fails stays as an orphan, never the reverse.</summary>
    Task<string> PutAsync(string folder, string extension, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>The bytes, or null when there are none under the name.</summary>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken = default);
}
