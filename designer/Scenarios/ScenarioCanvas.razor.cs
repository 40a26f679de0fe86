using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>
/// A scenario as a graph. Shows <see cref="Document"/> and says what the user asks for; whoever holds the document
/// decides and gives a new one. Between two documents only their difference goes to the browser.
/// </summary>
public sealed partial class ScenarioCanvas : ComponentBase, IAsyncDisposable
{
    private const string ModulePath = "./_content/CentralPay.Workflows.Designer/canvas/canvas.js";

    private ElementReference element;
    private IJSObjectReference? module;
    private IJSObjectReference? canvas;
    private DotNetObjectReference<CanvasCalls>? calls;
    private CanvasDocument? shownDocument;
    private IReadOnlyList<CanvasProblem> shownProblems = [];
    private CanvasOverlay? shownOverlay;
    private CanvasOptions? shownOptions;
    private string? shownSelection;
    private string? givenSelection;
    private bool disposed;

    /// <summary>The graph to show. Each change has a higher revision.</summary>
    [Parameter, EditorRequired]
    public CanvasDocument Document { get; set; } = CanvasDocument.Empty;

    /// <summary>What is wrong, marked on the steps concerned.</summary>
    [Parameter]
    public IReadOnlyList<CanvasProblem> Problems { get; set; } = [];

    /// <summary>Cases and money at each step, or none. May change often: the canvas draws at most four times a second.</summary>
    [Parameter]
    public CanvasOverlay? Overlay { get; set; }

    /// <summary>Whether the graph can only be looked at.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Dark or light; absent, as the page around it.</summary>
    [Parameter]
    public bool? Dark { get; set; }

    /// <summary>The selected step, where exactly one is.</summary>
    [Parameter]
    public string? SelectedId { get; set; }

    /// <summary>Raised when the user selects another step, several, or none.</summary>
    [Parameter]
    public EventCallback<string?> SelectedIdChanged { get; set; }

    /// <summary>Raised with all selected steps, for what acts on several.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnSelect { get; set; }

    /// <summary>Raised with what one gesture asked for. When <see cref="Document"/> keeps its revision, the canvas goes back to it.</summary>
    [Parameter]
    public EventCallback<CanvasGesture> OnCommands { get; set; }

    /// <summary>Raised by Enter or a double click on a step.</summary>
    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    /// <summary>
    /// Writes steps with their settings, secrets stripped, for the system's clipboard. Without it only what the cards show is copied.
    /// </summary>
    [Parameter]
    public Func<IReadOnlyList<string>, Task<string?>>? CopyText { get; set; }

    private CanvasOptions Options => new(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ReadOnly, Dark);

    /// <summary>Brings a step to the middle of the canvas.</summary>
    public Task RevealAsync(string stepId) => CallAsync("reveal", stepId);

    /// <summary>Tidies the whole graph up; comes back as one <see cref="MoveSteps"/>.</summary>
    public Task LayoutAsync() => CallAsync("layout");

    /// <summary>Shows the whole graph.</summary>
    public Task FitAsync() => CallAsync("fit");

    /// <summary>The graph as an SVG document that needs nothing from outside; null before the canvas is drawn or after it has gone.</summary>
    public async Task<string?> ExportSvgAsync()
    {
        if (canvas is null || disposed)
            return null;
        try
        {
            return await canvas.InvokeAsync<string>("exportSvg");
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await CreateAsync();
        await ShowAsync();
    }

    private async Task CreateAsync()
    {
        try
        {
            module = await Script.InvokeAsync<IJSObjectReference>("import", ModulePath);
            if (disposed)
                return;
            calls = DotNetObjectReference.Create(new CanvasCalls(this));
            shownOptions = Options;
            canvas = await module.InvokeAsync<IJSObjectReference>("create", element, calls, shownOptions);
        }
        catch (JSDisconnectedException)
        {
            // The reader left while the canvas was loading: there is nobody to show it to.
            disposed = true;
        }
        if (disposed)
            await ReleaseAsync();
    }

    private async Task ShowAsync()
    {
        if (canvas is null || disposed)
            return;
        // What is shown is noted before the call: renders may overlap, their calls stay in order.
        if (shownOptions != Options)
            await CallAsync("setOptions", shownOptions = Options);
        await ShowDocumentAsync();
        if (!shownProblems.SequenceEqual(Problems))
            await CallAsync("setProblems", shownProblems = Problems);
        if (!ReferenceEquals(shownOverlay, Overlay))
            await CallAsync("setOverlay", shownOverlay = Overlay);
        // Only a change of the parameter selects: a page that does not bind it leaves the selection to the user.
        if (givenSelection == SelectedId)
            return;
        givenSelection = SelectedId;
        if (shownSelection != SelectedId)
        {
            shownSelection = SelectedId;
            await CallAsync("setSelection", (object)(SelectedId is { } id ? [id] : Array.Empty<string>()));
        }
    }

    private async Task ShowDocumentAsync()
    {
        if (ReferenceEquals(shownDocument, Document))
            return;
        var before = shownDocument;
        shownDocument = Document;
        if (before is null || before.Nodes.Count == 0)
        {
            await CallAsync("setDocument", Document);
            return;
        }
        var operations = CanvasPatch.Between(before, Document);
        if (operations.Count == 0 && before.Revision == Document.Revision)
            return;
        try
        {
            await CallAsync("applyPatch", Document.Revision, operations);
        }
        catch (JSException)
        {
            // The browser shows something else than we believe: the whole document puts it right.
            await CallAsync("setDocument", shownDocument);
        }
    }

    private async Task CallAsync(string function, params object?[] arguments)
    {
        if (canvas is null || disposed)
            return;
        try
        {
            await canvas.InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException)
        {
            disposed = true;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        await ReleaseAsync();
    }

    // The page's end and a creation that came too late both end here: each reference is let go once.
    private async Task ReleaseAsync()
    {
        var (drawn, script) = (canvas, module);
        (canvas, module) = (null, null);
        calls?.Dispose();
        try
        {
            if (drawn is not null)
            {
                await drawn.InvokeVoidAsync("dispose");
                await drawn.DisposeAsync();
            }
            if (script is not null)
                await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the canvas with it.
        }
    }

    private sealed record CanvasOptions(string Language, bool ReadOnly, bool? Dark);

    /// <summary>What the browser may call, and nothing else of the component.</summary>
    private sealed class CanvasCalls(ScenarioCanvas owner)
    {
        [JSInvokable]
        public async Task OnCommands(long baseRevision, IReadOnlyList<CanvasCommand> commands)
        {
            if (owner.ReadOnly)
                return;
            var before = owner.Document.Revision;
            await owner.OnCommands.InvokeAsync(new CanvasGesture(baseRevision, commands));
            // Refused: a dragged card goes back to where it was.
            if (owner.Document.Revision == before)
                await owner.CallAsync("setDocument", owner.Document);
        }

        [JSInvokable]
        public async Task OnSelect(IReadOnlyList<string> ids)
        {
            var single = ids.Count == 1 ? ids[0] : null;
            owner.shownSelection = single;
            await owner.OnSelect.InvokeAsync(ids);
            if (single != owner.SelectedId)
                await owner.SelectedIdChanged.InvokeAsync(single);
        }

        [JSInvokable]
        public Task OnOpen(string id) => owner.OnOpen.InvokeAsync(id);

        [JSInvokable]
        public Task<string?> OnCopy(IReadOnlyList<string> ids) => owner.CopyText?.Invoke(ids) ?? Task.FromResult<string?>(null);
    }
}
