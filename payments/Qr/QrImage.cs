using QRCoder;

namespace CentralPay.Workflows.Payments.Qr;

/// <summary>QR codes as pictures.</summary>
public static class QrImage
{
    private const int PixelsPerModule = 5;

    /// <summary>The text as a black and white PNG with its quiet border, error level M as the EPC guideline asks.</summary>
    public static byte[] Png(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule);
    }
}
