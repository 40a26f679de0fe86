using System.Globalization;
using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Receipts;
using Microsoft.AspNetCore.Http;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>Which payments are to be seen.</summary>
/// <param name="Day">Only those received on this day of the merchant; null for all.</param>
/// <param name="Method">Only those paid in this way; null for all.</param>
internal sealed record PaymentFilter(DateOnly? Day, PaymentMethod? Method)
{
    /// <summary>The filter of an address; what nobody knows is left out.</summary>
    public static PaymentFilter Of(IQueryCollection query) => Of(query["day"], query["method"]);

    /// <inheritdoc cref="Of(IQueryCollection)" />
    public static PaymentFilter Of(string? day, string? method) =>
        new(InvoiceFilter.DayOf(day), Enum.TryParse<PaymentMethod>(method, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null);

    /// <summary>The page's address with this filter.</summary>
    public string Href
    {
        get
        {
            string?[] parts = [Day is { } day ? $"day={day.ToString("O", CultureInfo.InvariantCulture)}" : null, Method is { } method ? $"method={method.ToString().ToLowerInvariant()}" : null];
            var query = string.Join('&', parts.OfType<string>());
            return query.Length == 0 ? "/payments" : $"/payments?{query}";
        }
    }

    /// <summary>The rows that fit, by the days of a time zone.</summary>
    public Expression<Func<Payment, bool>> Where(TimeZoneInfo zone)
    {
        var (anyMethod, method) = (Method is null, Method ?? default);
        var from = Day is { } day ? Midnight(day, zone) : DateTimeOffset.MinValue;
        var to = Day is { } last ? Midnight(last.AddDays(1), zone) : DateTimeOffset.MaxValue;
        var anyDay = Day is null;
        return payment => (anyMethod || payment.Method == method) && (anyDay || (payment.ReceivedAt >= from && payment.ReceivedAt < to));
    }

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
