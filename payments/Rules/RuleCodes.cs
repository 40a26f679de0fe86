using System.Reflection;

namespace CentralPay.Workflows.Payments.Rules;

/// <summary>The codes of all rules that an input can break. Each has a text in every language of the back office.</summary>
public static class RuleCodes
{
    /// <summary>A value is needed.</summary>
    public const string Required = "required";

    /// <summary>The value is longer than allowed. Arguments: limit.</summary>
    public const string TooLong = "too-long";

    /// <summary>The text holds what looks like a card number.</summary>
    public const string CardNumber = "card-number";

    /// <summary>The cell holds a spreadsheet formula.</summary>
    public const string Formula = "formula";

    /// <summary>The amount cannot be read.</summary>
    public const string AmountUnreadable = "amount-unreadable";

    /// <summary>The amount can be read in two ways (<c>1,234</c>).</summary>
    public const string AmountAmbiguous = "amount-ambiguous";

    /// <summary>The amount has more decimals than its currency. Arguments: decimals.</summary>
    public const string AmountDecimals = "amount-decimals";

    /// <summary>The amount is below zero.</summary>
    public const string AmountNegative = "amount-negative";

    /// <summary>The amount is zero.</summary>
    public const string AmountZero = "amount-zero";

    /// <summary>The amount is larger than one may be. Arguments: limit.</summary>
    public const string AmountTooLarge = "amount-too-large";

    /// <summary>The currency is not one of ISO 4217.</summary>
    public const string CurrencyUnknown = "currency-unknown";

    /// <summary>The invoice was brought in another currency before. Arguments: before.</summary>
    public const string CurrencyChanged = "currency-changed";

    /// <summary>The date cannot be read, or does not exist.</summary>
    public const string DateUnreadable = "date-unreadable";

    /// <summary>The date is too far away to be meant. Arguments: from, to.</summary>
    public const string DateOutOfRange = "date-out-of-range";

    /// <summary>The due date lies before the issue date.</summary>
    public const string DueBeforeIssue = "due-before-issue";

    /// <summary>The date or deadline has passed.</summary>
    public const string DatePassed = "date-passed";

    /// <summary>The e-mail address is not one.</summary>
    public const string EmailInvalid = "email-invalid";

    /// <summary>The telephone number does not fit the numbering plan of its country. Arguments: country.</summary>
    public const string PhoneInvalid = "phone-invalid";

    /// <summary>A number of this country must be written with its country code. Arguments: country.</summary>
    public const string PhoneCountry = "phone-country";

    /// <summary>The country is not one of ISO 3166-1 alpha-2.</summary>
    public const string CountryUnknown = "country-unknown";

    /// <summary>The language is not an ISO 639-1 code or a name we know.</summary>
    public const string LanguageUnknown = "language-unknown";

    /// <summary>The segment is neither business nor consumer.</summary>
    public const string SegmentUnknown = "segment-unknown";

    /// <summary>The number stands twice in the file. Arguments: line.</summary>
    public const string NumberDuplicate = "number-duplicate";

    /// <summary>The invoice belongs to another customer. Arguments: before.</summary>
    public const string CustomerChanged = "customer-changed";

    /// <summary>The row has another number of cells than the file's columns. Arguments: expected, found.</summary>
    public const string RowColumns = "row-columns";

    /// <summary>The row has a quotation mark out of place.</summary>
    public const string RowUnreadable = "row-unreadable";

    /// <summary>The file is empty.</summary>
    public const string FileEmpty = "file-empty";

    /// <summary>The file is not text. Arguments: kind.</summary>
    public const string FileNotText = "file-not-text";

    /// <summary>The file's characters are in no encoding we read.</summary>
    public const string FileEncoding = "file-encoding";

    /// <summary>The file lacks columns. Arguments: columns.</summary>
    public const string FileColumnsMissing = "file-columns-missing";

    /// <summary>The file has a column twice. Arguments: column.</summary>
    public const string FileColumnTwice = "file-column-twice";

    /// <summary>The file has a heading and no rows.</summary>
    public const string FileNoRows = "file-no-rows";

    /// <summary>The file has more rows than allowed. Arguments: limit.</summary>
    public const string FileTooManyRows = "file-too-many-rows";

    /// <summary>The file has more bytes than allowed. Arguments: limit.</summary>
    public const string FileTooLarge = "file-too-large";

    /// <summary>A quotation mark is never closed. Arguments: line.</summary>
    public const string FileQuoteOpen = "file-quote-open";

    /// <summary>The file is not well-formed XML. Arguments: line, column.</summary>
    public const string FileNotXml = "file-not-xml";

    /// <summary>The XML declares a document type: it could define entities that grow or fetch without end.</summary>
    public const string FileDoctype = "file-doctype";

    /// <summary>The XML is nested deeper than allowed. Arguments: limit.</summary>
    public const string FileTooDeep = "file-too-deep";

    /// <summary>The file cannot be opened.</summary>
    public const string FileUnreadable = "file-unreadable";

    /// <summary>The file is a link to another place.</summary>
    public const string FileIsLink = "file-is-link";

    /// <summary>The XML is no bank statement we read. Arguments: found.</summary>
    public const string StatementKind = "statement-kind";

    /// <summary>The file holds no statement.</summary>
    public const string StatementNone = "statement-none";

    /// <summary>A statement does not name its account. Arguments: statement.</summary>
    public const string StatementNoAccount = "statement-no-account";

    /// <summary>An entry lacks something or holds what cannot be read. Arguments: entry, element.</summary>
    public const string StatementEntry = "statement-entry";

    /// <summary>Opening balance and movements do not make the closing balance. Arguments: statement, opening, sum, closing.</summary>
    public const string StatementBalance = "statement-balance";

    /// <summary>The file holds more movements or elements than allowed. Arguments: limit.</summary>
    public const string StatementTooLarge = "statement-too-large";

    /// <summary>An event's name is 1 to 64 small letters, digits, dots, dashes and underscores, and begins with a letter.</summary>
    public const string EventNameInvalid = "event-name-invalid";

    /// <summary>The name belongs to an event of the product's own: only what happened raises it.</summary>
    public const string EventNameReserved = "event-name-reserved";

    /// <summary>There is no such invoice.</summary>
    public const string InvoiceUnknown = "invoice-unknown";

    /// <summary>Nothing is owed on the invoice.</summary>
    public const string NothingOwed = "nothing-owed";

    /// <summary>There is no such customer.</summary>
    public const string CustomerUnknown = "customer-unknown";

    /// <summary>There is no such payment request.</summary>
    public const string RequestUnknown = "request-unknown";

    /// <summary>There is no such transfer.</summary>
    public const string TransferUnknown = "transfer-unknown";

    /// <summary>The transfer was decided already.</summary>
    public const string TransferDecided = "transfer-decided";

    /// <summary>The transfer is not matched, so there is nothing to take back.</summary>
    public const string TransferNotMatched = "transfer-not-matched";

    /// <summary>The parts do not make up the transfer. Arguments: expected, found.</summary>
    public const string SplitSum = "split-sum";

    /// <summary>An invoice stands twice among the parts. Arguments: number.</summary>
    public const string SplitTwice = "split-twice";

    /// <summary>The invoice is in another currency than the transfer. Arguments: number.</summary>
    public const string SplitCurrency = "split-currency";

    /// <summary>There are more parts than allowed. Arguments: limit.</summary>
    public const string SplitTooMany = "split-too-many";

    /// <summary>The customer's credit that came of this transfer is used already.</summary>
    public const string CreditUsed = "credit-used";

    /// <summary>There is no such payment.</summary>
    public const string PaymentUnknown = "payment-unknown";

    /// <summary>There is no such message.</summary>
    public const string MessageUnknown = "message-unknown";

    /// <summary>There is no such task.</summary>
    public const string TaskUnknown = "task-unknown";

    /// <summary>The task is not open any more.</summary>
    public const string TaskNotOpen = "task-not-open";

    /// <summary>There is no such key.</summary>
    public const string KeyUnknown = "key-unknown";

    /// <summary>There is no such permission.</summary>
    public const string ScopeUnknown = "scope-unknown";

    /// <summary>Nobody gives what they do not have.</summary>
    public const string ScopeNotHeld = "scope-not-held";

    /// <summary>There is no such template.</summary>
    public const string TemplateUnknown = "template-unknown";

    /// <summary>The template has no text for the channel, in any language. Arguments: template, channel, language.</summary>
    public const string TemplateNotWritten = "template-not-written";

    /// <summary>The template cannot be used. Arguments: reason.</summary>
    public const string TemplateBroken = "template-broken";

    /// <summary>A tag of the template is not written as tags are. Arguments: line, tag.</summary>
    public const string TemplateTagBroken = "template-tag-broken";

    /// <summary>There is no such tag. Arguments: line, tag, suggestion.</summary>
    public const string TemplateTagUnknown = "template-tag-unknown";

    /// <summary>A block of the template is never closed, or closed without being opened. Arguments: line, tag.</summary>
    public const string TemplateBlock = "template-block";

    /// <summary>The template holds something that a message may not carry. Arguments: line, found.</summary>
    public const string TemplateUnsafe = "template-unsafe";

    /// <summary>The template is no JSON once its tags are filled. Arguments: line, reason.</summary>
    public const string TemplateJson = "template-json";

    /// <summary>Templates of this kind do not travel this way.</summary>
    public const string TemplateChannel = "template-channel";

    /// <summary>The number lies outside what is allowed. Arguments: from, to.</summary>
    public const string NumberOutOfRange = "number-out-of-range";

    /// <summary>What happened cannot follow on the state. Arguments: state, event.</summary>
    public const string StateRefuses = "state-refuses";

    /// <summary>The merchant does not take direct debits.</summary>
    public const string DebitsOff = "debits-off";

    /// <summary>There is no such mandate.</summary>
    public const string MandateUnknown = "mandate-unknown";

    /// <summary>The customer has no mandate that can be used.</summary>
    public const string MandateMissing = "mandate-missing";

    /// <summary>The mandate has ended.</summary>
    public const string MandateEnded = "mandate-ended";

    /// <summary>A B2B mandate is for businesses.</summary>
    public const string SchemeNeedsBusiness = "scheme-needs-business";

    /// <summary>There is no such scheme. Arguments: values.</summary>
    public const string SchemeUnknown = "scheme-unknown";

    /// <summary>There is no such direct debit.</summary>
    public const string DebitUnknown = "debit-unknown";

    /// <summary>A direct debit of the invoice is under way; it may still bring the money. Arguments: date.</summary>
    public const string DebitUnderWay = "debit-under-way";

    /// <summary>The direct debit has not failed.</summary>
    public const string DebitNotFailed = "debit-not-failed";

    /// <summary>Such a direct debit is never sent again. Arguments: code.</summary>
    public const string DebitNeverAgain = "debit-never-again";

    /// <summary>Whether the gateway has the direct debit is not known yet.</summary>
    public const string DebitUncertain = "debit-uncertain";

    /// <summary>The direct debit has ended.</summary>
    public const string DebitEnded = "debit-ended";

    /// <summary>SEPA direct debits are in euro.</summary>
    public const string DebitNotEuro = "debit-not-euro";

    /// <summary>The invoice is disputed.</summary>
    public const string InvoiceDisputed = "invoice-disputed";

    /// <summary>Everything that happens by itself is stopped for the customer.</summary>
    public const string CustomerStopped = "customer-stopped";

    /// <summary>The number of days, or the hour, is out of range. Arguments: from, to.</summary>
    public const string DaysOutOfRange = "day-count";

    /// <summary>The IBAN is not one.</summary>
    public const string IbanInvalid = "iban-invalid";

    /// <summary>No version of the scenario is published: no case could start on it.</summary>
    public const string ScenarioNotPublished = "scenario-not-published";

    /// <summary>The version that cases are to go on with is the one they run on.</summary>
    public const string VersionIsTheSame = "version-is-the-same";

    /// <summary>The scenario has no such step.</summary>
    public const string StepUnknown = "step-unknown";

    /// <summary>The step has no such input.</summary>
    public const string InputUnknown = "input-unknown";

    /// <summary>The step cannot be left by the outcome, or by several and none was named. Arguments: outcomes.</summary>
    public const string OutcomeUnknown = "outcome-unknown";

    /// <summary>The value is not of the kind that its place holds. Arguments: kind.</summary>
    public const string ValueOfAnotherKind = "value-of-another-kind";

    /// <summary>With the value a case would keep more than it may. Arguments: limit (kilobytes).</summary>
    public const string ValueTooLarge = "value-too-large";

    /// <summary>The case has ended, or is paused already.</summary>
    public const string CaseCannotPause = "case-cannot-pause";

    /// <summary>The case keeps the clock of its scenario, which would start nothing any more; the scenario is taken out of service instead.</summary>
    public const string CaseKeepsClock = "case-keeps-clock";

    /// <summary>The case is not paused.</summary>
    public const string CaseCannotContinue = "case-cannot-continue";

    /// <summary>The case has no such variable.</summary>
    public const string VariableUnknown = "variable-unknown";

    /// <summary>There is no such third party or account. Arguments: code.</summary>
    public const string BeneficiaryUnknown = "beneficiary-unknown";

    /// <summary>The short name has other characters than lower-case letters, digits and hyphens.</summary>
    public const string CodeInvalid = "code-invalid";

    /// <summary>The short name is taken. Arguments: name.</summary>
    public const string CodeTaken = "code-taken";

    /// <summary>The wallet reference is not a UUID.</summary>
    public const string WalletInvalid = "wallet-invalid";

    /// <summary>The gateway pays third parties into their wallet.</summary>
    public const string WalletNeeded = "wallet-needed";

    /// <summary>An own account is paid by the gateway, not by file.</summary>
    public const string OwnAccountByFile = "own-account-by-file";

    /// <summary>An own account has no shares to wait for.</summary>
    public const string OwnAccountNoShares = "own-account-no-shares";

    /// <summary>No own account says which account pays.</summary>
    public const string OwnAccountMissing = "own-account-missing";

    /// <summary>A third party cannot become an own account, nor the reverse.</summary>
    public const string KindFixed = "kind-fixed";

    /// <summary>The share is not above zero and at most everything.</summary>
    public const string ShareOutOfRange = "share-out-of-range";

    /// <summary>All shares together are more than was collected. Arguments: number.</summary>
    public const string ShareTooLarge = "share-too-large";

    /// <summary>There is no such payout.</summary>
    public const string PayoutUnknown = "payout-unknown";

    /// <summary>The order of a payout is still tried: what became of it cannot be said yet.</summary>
    public const string PayoutStillTried = "payout-still-tried";

    /// <summary>The gateway paid a payout that ended here as not paid.</summary>
    public const string PayoutPaidAnyway = "payout-paid-anyway";

    /// <summary>Nobody signs what they made or changed.</summary>
    public const string PayoutOwn = "payout-own";

    /// <summary>Nobody signs a payout to an account they set.</summary>
    public const string PayoutOwnAccount = "payout-own-account";

    /// <summary>Nobody signs what a scenario they published made.</summary>
    public const string PayoutOwnScenario = "payout-own-scenario";

    /// <summary>Nobody signs an automatic payout to a beneficiary they edited last.</summary>
    public const string PayoutOwnBeneficiary = "payout-own-beneficiary";

    /// <summary>The funds are not there any more.</summary>
    public const string PayoutNoFunds = "payout-no-funds";

    /// <summary>Money was taken back since: the payout must be brought up to date.</summary>
    public const string PayoutOutdated = "payout-outdated";

    /// <summary>Payouts through the gateway are switched off here.</summary>
    public const string PayoutGatewayOff = "payout-gateway-off";

    /// <summary>No signed payout waits for a file.</summary>
    public const string NoPayoutForFile = "no-payout-for-file";

    /// <summary>A reason code of failed debits is not known, or there are too many. Argument: limit.</summary>
    public const string DebitReasonUnknown = "debit-reason-unknown";

    /// <summary>The scenario does not begin with an invoice: there is nothing to simulate it over.</summary>
    public const string SimulationNoInvoices = "simulation-no-invoices";

    /// <summary>No invoice came in the period, or none fits.</summary>
    public const string SimulationNothingFits = "simulation-nothing-fits";

    /// <summary>A case of the scenario runs for the invoice already. Arguments: case.</summary>
    public const string CaseRunsAlready = "case-runs-already";

    /// <summary>There is no such case.</summary>
    public const string CaseUnknown = "case-unknown";

    /// <summary>The case has ended.</summary>
    public const string CaseEnded = "case-ended";

    /// <summary>There is no such incident.</summary>
    public const string IncidentUnknown = "incident-unknown";

    /// <summary>The incident was decided already.</summary>
    public const string IncidentDecided = "incident-decided";

    /// <summary>A case stands still at the incident: it cannot just be closed.</summary>
    public const string IncidentStopsCase = "incident-stops-case";

    /// <summary>No case stands still at the incident: it can only be closed.</summary>
    public const string IncidentStopsNoCase = "incident-stops-no-case";

    /// <summary>The period ends before it begins. Arguments: from.</summary>
    public const string PeriodEndsFirst = "period-ends-first";

    /// <summary>Past invoices and made-up ones are not simulated together.</summary>
    public const string PastOrMadeUp = "past-or-made-up";

    /// <summary>The identity of a scenario has other characters than letters, digits, hyphens and underscores, or too many. Arguments: limit.</summary>
    public const string ScenarioIdInvalid = "scenario-id-invalid";

    /// <summary>The state of the case cannot be read any more.</summary>
    public const string CaseUnreadable = "case-unreadable";

    /// <summary>Every code, for the test that each has a text.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(RuleCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
}
