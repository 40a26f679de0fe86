using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Writes a sentence into the case's journal.</summary>
[Activity("Elsa", "Data", "Write a sentence into the case's journal.", DisplayName = "Note in the journal")]
public sealed class Log : CodeActivity
{
    /// <summary>The sentence.</summary>
    [Input(Description = "The sentence.", DefaultSyntax = "Handlebars", UIHint = "multiline")]
    public Input<string> Message { get; set; } = new("");

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.AddExecutionLogEntry("Note", context.Get(Message) ?? "");
}
