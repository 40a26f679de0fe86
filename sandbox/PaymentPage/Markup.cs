using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>A piece of HTML. Made by interpolation, where every hole is encoded unless it is markup itself.</summary>
public readonly record struct Markup(string Text)
{
    public static readonly Markup Empty = new("");

    public static Markup Of(MarkupHandler html) => new(html.ToText());

    public static Markup Join(IEnumerable<Markup> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    /// <summary>The piece when the condition holds, else nothing.</summary>
    public static Markup If(bool condition, Func<Markup> piece) => condition ? piece() : Empty;

    public override string ToString() => Text ?? "";
}

/// <summary>Encodes the holes of an interpolated string on its way to HTML.</summary>
[InterpolatedStringHandler]
public readonly ref struct MarkupHandler(int literalLength, int formattedCount)
{
    // Accents stay as they are: the page is UTF-8.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _text = new(literalLength + formattedCount * 16);

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(Markup markup) => _text.Append(markup);

    public void AppendFormatted<T>(T value) => _text.Append(Encoder.Encode(value?.ToString() ?? ""));

    public string ToText() => _text.ToString();
}
