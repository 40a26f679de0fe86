using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>The icon and the colour of a kind of step: one icon for one notion, everywhere the same.</summary>
internal static class StepLook
{
    private static readonly Dictionary<string, string> icons = new(StringComparer.Ordinal)
    {
        ["InvoiceImported"] = "receipt_long",
        ["TransferReceived"] = "sync_alt",
        ["CreatePaymentRequest"] = "request_quote",
        ["WaitForPayment"] = "hourglass_top",
        ["WaitForEvent"] = "notifications",
        ["DebitReturned"] = "assignment_return",
        ["CollectByDirectDebit"] = "account_balance",
        ["RetryDebit"] = "replay",
        ["AskForMandate"] = "signature",
        ["SendReminder"] = "mail",
        ["NotifyCustomer"] = "outgoing_mail",
        ["AlertColleague"] = "notification_important",
        ["MatchTransfer"] = "link",
        ["PostToErp"] = "webhook",
        ["SplitPayout"] = "pie_chart",
        ["CreateTask"] = "assignment",
        ["Delay"] = "schedule",
        ["StartAt"] = "event",
        ["Timer"] = "timer",
        ["Cron"] = "event_repeat",
        ["Event"] = "notifications",
        ["PublishEvent"] = "campaign",
        ["FlowDecision"] = "call_split",
        ["If"] = "call_split",
        ["FlowSwitch"] = "alt_route",
        ["FlowFork"] = "fork_right",
        ["FlowJoin"] = "merge",
        ["SetVariable"] = "edit_note",
        ["Finish"] = "flag",
        ["RunTask"] = "forward_to_inbox",
        ["ExecuteWorkflow"] = "account_tree",
        ["Log"] = "sticky_note_2",
        ["Start"] = "play_arrow",
        ["Fault"] = "report",
    };

    public static string IconOf(string typeName, ActivityDescriptor? descriptor) =>
        icons.GetValueOrDefault(typeName[(typeName.LastIndexOf('.') + 1)..])
        ?? (descriptor is null ? "extension_off" : descriptor.IsTrigger ? "bolt" : "extension");

    /// <param name="descriptor">The descriptor as it was written, not a translation: its category is a code here.</param>
    public static CanvasCategory CategoryOf(ActivityDescriptor? descriptor) => descriptor switch
    {
        null => CanvasCategory.Flow,
        { IsTrigger: true } => CanvasCategory.Trigger,
        { Name: "FlowDecision" or "FlowSwitch" or "If" } => CanvasCategory.Decision,
        { Category: "Collecting" or "Reconciling" or "Paying out" } => CanvasCategory.Collecting,
        { Category: "Informing" or "People" } => CanvasCategory.Informing,
        { Category: "Connecting" } => CanvasCategory.Connecting,
        _ => CanvasCategory.Flow,
    };
}
