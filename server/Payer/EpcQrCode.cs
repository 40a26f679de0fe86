using CentralPay.Workflows.Payments.Amounts;
using QRCoder;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>The QR code that banking apps fill a SEPA transfer from (EPC069-12).</summary>
internal static class EpcQrCode
{
    private const int LongestName = 70;
    private const int PixelsPerModule = 4;

    /// <summary>The code's text, of 10 lines: the reference is structured, so the lines for free text are left out.</summary>
    public static string TextOf(string beneficiary, string iban, Money amount, string reference) => string.Join('\n',
        "BCD", "002", "1", "SCT", "", beneficiary.Length > LongestName ? beneficiary[..LongestName] : beneficiary, iban,
        $"EUR{MoneyText.Plain(amount)}", "", reference);

    /// <summary>The code as a PNG, error level M as the guideline asks.</summary>
    public static byte[] PngOf(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule);
    }
}
