using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Payouts;

namespace CentralPay.Workflows.Designer.Payouts;

/// <summary>Which payouts are to be seen.</summary>
/// <param name="Which">One of <see cref="Choices"/>.</param>
internal sealed record PayoutFilter(string Which)
{
    /// <summary>To sign, on their way, ended, all.</summary>
    public static readonly IReadOnlyList<string> Choices = ["sign", "way", "done", "all"];

    /// <summary>The filter of the page's address; those to sign where it names none.</summary>
    public static PayoutFilter Of(string? which) => new(which is not null && Choices.Contains(which) ? which : Choices[0]);

    /// <summary>The rows that fit.</summary>
    public Expression<Func<Payout, bool>> Where
    {
        get
        {
            var (sign, way, done, all) = (Which == "sign", Which == "way", Which == "done", Which == "all");
            return payout => all
                || (sign && payout.State == PayoutState.AwaitingApproval)
                || (way && (payout.State == PayoutState.AwaitingPayment || payout.State == PayoutState.InProgress))
                || (done && (payout.State == PayoutState.Completed || payout.State == PayoutState.Cancelled));
        }
    }
}
