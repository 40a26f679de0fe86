using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Designer.Transfers;

/// <summary>Which transfers are to be seen.</summary>
/// <param name="Status">Only those that stand so; null for all.</param>
internal sealed record TransferFilter(TransferStatus? Status)
{
    /// <summary>The filter of the page's address: those to decide where it names none, <c>all</c> for all.</summary>
    public static TransferFilter Of(string? status) =>
        new(status == "all" ? null : Enum.TryParse<TransferStatus>(status, ignoreCase: true, out var known) ? known : TransferStatus.ToDecide);

    /// <summary>The rows that fit.</summary>
    public Expression<Func<IncomingTransfer, bool>> Where
    {
        get
        {
            var (any, status) = (Status is null, Status ?? default);
            return transfer => any || transfer.Status == status;
        }
    }
}
