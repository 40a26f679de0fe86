using System.Xml.Linq;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Payouts;

public sealed class CreditTransferFileTests
{
    private static readonly XNamespace Ns = CreditTransferFile.Namespace;

    // The order of elements that pain.001.001.09 asks for, of those we write.
    private static readonly Dictionary<string, string[]> Sequence = new()
    {
        ["CstmrCdtTrfInitn"] = ["GrpHdr", "PmtInf"],
        ["GrpHdr"] = ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
        ["PmtInf"] = ["PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf", "CdtTrfTxInf"],
        ["CdtTrfTxInf"] = ["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"],
    };

    [Fact]
    public void The_file_has_the_elements_of_pain_001_in_their_order_and_its_sums_agree()
    {
        var document = Read(CreditTransferFile.Write(
            "PO-ABCDEFGHJK-2", new DateTimeOffset(2026, 11, 3, 9, 30, 15, TimeSpan.Zero), new DateOnly(2026, 11, 4), "Maison Lumière", PayoutHouse.Iban,
            [new("PO-1", TestHouse.Euros(12_340), "Affilié & Fils <SARL>", PayoutHouse.OtherIban, "Maison Lumière PO-1"), new("PO-2", TestHouse.Euros(5), "Bœuf \"Élite\"", PayoutHouse.Iban, "PO-2")]));

        foreach (var (parent, children) in Sequence)
        {
            Assert.All(document.Descendants(Ns + parent), element => Assert.Equal(children, element.Elements().Select(child => child.Name.LocalName)));
        }

        Assert.All(document.Descendants(Ns + "NbOfTxs"), count => Assert.Equal("2", count.Value));
        Assert.All(document.Descendants(Ns + "CtrlSum"), sum => Assert.Equal("123.45", sum.Value));
        Assert.Equal(["123.40", "0.05"], document.Descendants(Ns + "InstdAmt").Select(amount => amount.Value));
        Assert.All(document.Descendants(Ns + "InstdAmt"), amount => Assert.Equal("EUR", amount.Attribute("Ccy")!.Value));
        Assert.Equal(["Maison Lumiere", "Maison Lumiere", "Affilie + Fils SARL", "Boeuf Elite"], document.Descendants(Ns + "Nm").Select(name => name.Value));
        Assert.Equal("2026-11-03T09:30:15Z", document.Descendants(Ns + "CreDtTm").Single().Value);
        Assert.Equal("2026-11-04", document.Descendants(Ns + "Dt").Single().Value);
    }

    [Fact]
    public async Task Signed_payouts_leave_in_one_file_once_and_the_same_file_can_be_taken_again()
    {
        var house = PayoutHouse.Open();
        var partner = await house.AddAsync(PayoutHouse.ThirdParty(way: PayoutWay.File));
        await house.AddAsync(new BeneficiaryDetails { Code = "bank", Name = "Maison Lumière", Kind = BeneficiaryKind.OwnAccount, Iban = PayoutHouse.OtherIban });
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = await house.ApproveAsync((await house.ProposeAsync(partner)).Payout!);
        var early = await Assert.ThrowsAsync<RuleViolationException>(() => MakeAsync(house));
        Assert.Equal(RuleCodes.NoPayoutForFile, early.Violations[0].Code);

        house.Clock.Move(TimeSpan.FromHours(24));
        var file = await MakeAsync(house);
        Assert.Equal(PayoutHouse.OtherIban, Read(file.Content).Descendants(Ns + "DbtrAcct").Single().Value);
        Assert.Equal(payout.Reference, Read(file.Content).Descendants(Ns + "EndToEndId").Single().Value);
        await Assert.ThrowsAsync<RuleViolationException>(() => MakeAsync(house));
        var again = await house.DoAsync<PayoutFiles, PayoutFile?>(files => files.FindAsync(payout.Id), PayoutHouse.Approver);
        Assert.Equal(file.Content, again!.Content);

        await house.DoAsync<PayoutFiles, Payout>(files => files.ConfirmAsync(payout.Id, paid: true, null), PayoutHouse.Manager);
        Assert.Equal(PayoutState.Completed, house.Get<Payout>(payout.Id).State);
        Assert.Equal(0, house.Owed(partner));
        Assert.Equal(9_000, house.Balance(Payments.Ledger.LedgerAccount.Bank));
    }

    private static Task<PayoutFile> MakeAsync(TestHouse house) => house.DoAsync<PayoutFiles, PayoutFile>(files => files.MakeAsync(), PayoutHouse.Manager);

    private static XDocument Read(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return XDocument.Load(stream);
    }
}
