using System.Collections.Frozen;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>The currencies of ISO 4217 in circulation, with the number of decimals of each (its exponent).</summary>
public static class Currencies
{
    private const string WithoutDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    private const string WithThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
    private const string WithFourDecimals = "CLF UYW";
    private const string WithTwoDecimals = """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
        CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS
        KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
        PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
        TZS UAH USD USN UYU UZS VED VES WST XCD YER ZAR ZMW ZWG
        """;

    private static readonly FrozenDictionary<string, int> Exponents = new[]
    {
        (Codes: WithoutDecimals, Exponent: 0),
        (Codes: WithTwoDecimals, Exponent: 2),
        (Codes: WithThreeDecimals, Exponent: 3),
        (Codes: WithFourDecimals, Exponent: 4),
    }
    .SelectMany(group => group.Codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(code => (code, group.Exponent)))
    .ToFrozenDictionary(pair => pair.code, pair => pair.Exponent, StringComparer.Ordinal);

    /// <summary>Every code, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Exponents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether it is a currency of the list; codes are upper case.</summary>
    public static bool IsKnown(string? code) => code is not null && Exponents.ContainsKey(code);

    /// <summary>The decimals of a currency; throws <see cref="ArgumentException"/> for one that is not on the list.</summary>
    public static int ExponentOf(string code) =>
        Exponents.TryGetValue(code, out var exponent) ? exponent : throw new ArgumentException($"'{code}' is not a currency of ISO 4217.", nameof(code));

    /// <summary>How many minor units make one of the currency (100 for EUR, 1 for JPY, 1000 for TND).</summary>
    public static long UnitsOf(string code) => ExponentOf(code) switch { 0 => 1, 2 => 100, 3 => 1_000, _ => 10_000 };
}
