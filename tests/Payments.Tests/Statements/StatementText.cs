using System.Globalization;
using System.Text;

namespace CentralPay.Workflows.Payments.Tests.Statements;

/// <summary>Writes bank statements as banks do.</summary>
internal static class StatementText
{
    public const string Account = "FR7630006000011234567890189";

    public static byte[] Of(params string[] entries) => Of(entries, opening: null, closing: null);

    public static byte[] Of(string[] entries, string? opening, string? closing, string id = "S-1", string version = "camt.053.001.02", string from = "2026-11-01", string to = "2026-11-03") => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}">
          <BkToCstmrStmt>
            <GrpHdr><MsgId>M-{id}</MsgId><CreDtTm>2026-11-03T18:00:00</CreDtTm></GrpHdr>
            <Stmt>
              <Id>{id}</Id><ElctrncSeqNb>17</ElctrncSeqNb><CreDtTm>2026-11-03T18:00:00</CreDtTm>
              <FrToDt><FrDtTm>{from}T00:00:00</FrDtTm><ToDtTm>{to}T23:59:59</ToDtTm></FrToDt>
              <Acct><Id><IBAN>{Account}</IBAN></Id><Ccy>EUR</Ccy></Acct>
              {Balance("OPBD", opening)}{Balance("CLBD", closing)}
              {string.Concat(entries)}
            </Stmt>
          </BkToCstmrStmt>
        </Document>
        """);

    public static string Credit(decimal amount, string details, string? reference = null, string date = "2026-11-03", string more = "", string status = "<Sts>BOOK</Sts>") =>
        Entry("CRDT", amount, details, reference, date, more, status);

    public static string Debit(decimal amount, string details = "", string more = "") => Entry("DBIT", amount, details, null, "2026-11-03", more, "<Sts>BOOK</Sts>");

    public static string Paid(string text, string? payer = null, string? payerIban = null, string endToEnd = "NOTPROVIDED", string? amount = null) =>
        $"<TxDtls><Refs><EndToEndId>{endToEnd}</EndToEndId></Refs>{amount}<RltdPties>{(payer is null ? "" : $"<Dbtr><Nm>{payer}</Nm></Dbtr>")}{(payerIban is null ? "" : $"<DbtrAcct><Id><IBAN>{payerIban}</IBAN></Id></DbtrAcct>")}</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>";

    private static string Entry(string way, decimal amount, string details, string? reference, string date, string more, string status) =>
        $"<Ntry><Amt Ccy=\"EUR\">{amount.ToString("0.00", CultureInfo.InvariantCulture)}</Amt><CdtDbtInd>{way}</CdtDbtInd>{more}{status}<BookgDt><Dt>{date}</Dt></BookgDt>{(reference is null ? "" : $"<AcctSvcrRef>{reference}</AcctSvcrRef>")}<NtryDtls>{details}</NtryDtls></Ntry>";

    private static string Balance(string code, string? amount) => amount is null ? "" :
        $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount.TrimStart('-')}</Amt><CdtDbtInd>{(amount.StartsWith('-') ? "DBIT" : "CRDT")}</CdtDbtInd><Dt><Dt>2026-11-03</Dt></Dt></Bal>";
}
