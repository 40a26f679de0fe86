using CentralPay.Workflows.Designer.Words;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CentralPay.Workflows.Designer.Shell;

/// <summary>Asks once before what cannot be taken back, naming its effect.</summary>
public sealed class Confirm(DialogService dialogs, IStringLocalizer<Phrases> say)
{
    /// <summary>Whether the person said yes. Escape and a click beside say no.</summary>
    /// <param name="title">The question.</param>
    /// <param name="effect">What will happen.</param>
    /// <param name="act">Verb and object of the button ("Cancel this case").</param>
    /// <param name="destructive">Whether the button is a warning.</param>
    /// <param name="keep">The button that gives it up, where the usual "Cancel" could be taken for the act ("Keep this case"); null for the usual.</param>
    public async Task<bool> AskAsync(string title, string effect, string act, bool destructive = true, string? keep = null) =>
        await dialogs.OpenAsync<ConfirmDialog>(
            title,
            new Dictionary<string, object?> { [nameof(ConfirmDialog.Effect)] = effect, [nameof(ConfirmDialog.Act)] = act, [nameof(ConfirmDialog.Destructive)] = destructive, [nameof(ConfirmDialog.Keep)] = keep },
            Options("460px")) is true;

    /// <summary>Opens a small form; answers what it closed with, null when it was given up.</summary>
    public Task<dynamic?> OpenAsync<TForm>(string title, Dictionary<string, object?>? parameters = null, string width = "520px")
        where TForm : Microsoft.AspNetCore.Components.ComponentBase => dialogs.OpenAsync<TForm>(title, parameters ?? [], Options(width));

    private DialogOptions Options(string width) => new()
    {
        Width = width,
        CloseDialogOnEsc = true,
        CloseDialogOnOverlayClick = true,
        AutoFocusFirstElement = true,
        CloseTabIndex = 0,
        CloseAriaLabel = say["shell.close"],
    };
}
