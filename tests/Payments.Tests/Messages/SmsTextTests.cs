using CentralPay.Workflows.Payments.Messages;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Messages;

public sealed class SmsTextTests
{
    [Theory]
    [InlineData("", SmsEncoding.Gsm7, 0, 0)]
    [InlineData("Bonjour é à ù", SmsEncoding.Gsm7, 13, 1)]
    [InlineData("12 €", SmsEncoding.Gsm7, 5, 1)] // the euro is of the extension, and counts two
    [InlineData("fenêtre", SmsEncoding.Ucs2, 7, 1)] // ê is not in the alphabet
    [InlineData("👍", SmsEncoding.Ucs2, 2, 1)]
    public void A_text_is_counted_as_operators_bill_it(string text, SmsEncoding encoding, int units, int segments) =>
        Assert.Equal(new SmsSize(encoding, units, segments), SmsText.SizeOf(text));

    [Theory]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    public void In_the_GSM_alphabet_160_fit_in_one_and_153_in_each_of_several(int length, int segments) =>
        Assert.Equal(segments, SmsText.SizeOf(new string('a', length)).Segments);

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void Outside_it_70_fit_in_one_and_67_in_each_of_several(int length, int segments) =>
        Assert.Equal(segments, SmsText.SizeOf(new string('ł', length)).Segments);

    [Fact]
    public void A_character_of_two_is_not_torn_between_segments()
    {
        // 152 + a euro: the euro begins the second segment whole, so that 153 more no longer fit into it.
        Assert.Equal(2, SmsText.SizeOf(new string('a', 152) + "€" + new string('b', 151)).Segments);
        Assert.Equal(3, SmsText.SizeOf(new string('a', 152) + "€" + new string('b', 152)).Segments);
        Assert.Equal(3, SmsText.SizeOf(new string('ł', 66) + "👍" + new string('ł', 66)).Segments);
    }

    [Fact]
    public void An_amount_written_with_a_no_break_space_does_not_leave_the_alphabet() =>
        Assert.Equal(SmsEncoding.Gsm7, SmsText.SizeOf(SmsText.Plain("1\u00A0234,56\u00A0€ – l’amitié")).Encoding);

    [Fact]
    public void Segments_hold_all_units_and_none_is_added_needlessly() => Properties.Hold(
        from plain in Gen.Choose(0, 700)
        from extended in Gen.Choose(0, 300)
        from isUcs2 in Gen.Elements(true, false)
        select (plain, extended, isUcs2),
        text =>
        {
            var size = SmsText.SizeOf(new string('a', text.plain) + new string('€', text.extended) + (text.isUcs2 ? "ł" : ""));
            var (alone, several) = size.Encoding == SmsEncoding.Gsm7 ? (160, 153) : (70, 67);
            return size.Segments switch
            {
                0 => size.Units == 0,
                1 => size.Units <= alone,
                // At most one unit of each segment but the last is lost, before a character of two.
                _ => size.Units > alone && size.Units <= size.Segments * several && size.Units > (size.Segments - 1) * (several - 1),
            };
        },
        tests: 300);

    [Fact]
    public void A_longer_text_never_takes_fewer_segments() => Properties.Hold(
        from length in Gen.Choose(0, 1000)
        from letter in Gen.Elements('a', 'ł', '€')
        select (length, letter),
        text => SmsText.SizeOf(new string(text.letter, text.length)).Segments <= SmsText.SizeOf(new string(text.letter, text.length + 1)).Segments);
}
