using CentralPay.Workflows.Payments.Debits;

namespace CentralPay.Workflows.Payments.Tests.Debits;

public sealed class DebitReasonTests
{
    [Theory]
    [InlineData("AM04", DebitCure.Retry)]
    [InlineData("MS03", DebitCure.Retry)]
    [InlineData("ms03", DebitCure.Retry)]
    [InlineData("AC01", DebitCure.CorrectAccount)]
    [InlineData("RC01", DebitCure.CorrectAccount)]
    [InlineData("AG02", DebitCure.Operator)]
    [InlineData("FF01", DebitCure.Operator)]
    [InlineData("FF05", DebitCure.Operator)]
    [InlineData("BE05", DebitCure.Operator)]
    [InlineData("MD01", DebitCure.NewMandate)]
    [InlineData("AC04", DebitCure.OtherMethod)]
    [InlineData("AC06", DebitCure.OtherMethod)]
    [InlineData("AG01", DebitCure.OtherMethod)]
    [InlineData("SL01", DebitCure.OtherMethod)]
    [InlineData("MS02", DebitCure.Contact)]
    [InlineData("MD06", DebitCure.Dispute)]
    [InlineData("MD07", DebitCure.StopAll)]
    [InlineData("AM05", DebitCure.Investigate)]
    [InlineData("XX99", DebitCure.Operator)]
    [InlineData(null, DebitCure.Operator)]
    public void Each_reason_has_its_cure_and_an_unknown_one_is_for_a_person(string? code, DebitCure cure) =>
        Assert.Equal(cure, DebitReasons.Of(code).Cure);

    [Fact]
    public void Only_missing_funds_and_a_missing_reason_are_tried_again_by_themselves() =>
        Assert.Equal(["AM04", "MS03"], DebitReasons.All.Where(reason => reason.Cure == DebitCure.Retry).Select(reason => reason.Code));
}
