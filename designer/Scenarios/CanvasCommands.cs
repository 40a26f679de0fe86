using System.Text.Json.Serialization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>What the user asked for on the canvas. Only a move is shown there before the answer, which is a new document.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AddStep), "Add")]
[JsonDerivedType(typeof(MoveSteps), "Move")]
[JsonDerivedType(typeof(ConnectSteps), "Connect")]
[JsonDerivedType(typeof(DisconnectSteps), "Disconnect")]
[JsonDerivedType(typeof(DeleteSteps), "Delete")]
[JsonDerivedType(typeof(PasteSteps), "Paste")]
public abstract record CanvasCommand;

/// <summary>A step was dropped from the palette.</summary>
/// <param name="ActivityType">The type name the palette entry carried.</param>
/// <param name="X">The left edge, in pixels of the canvas.</param>
/// <param name="Y">The upper edge, in pixels of the canvas.</param>
/// <param name="OnEdge">The connection it was dropped on: the step is to stand between its two ends.</param>
public sealed record AddStep(string ActivityType, double X, double Y, string? OnEdge = null) : CanvasCommand;

/// <summary>Steps were put elsewhere; includes every step that had no place yet, so that what was seen is what is kept.</summary>
/// <param name="Placements">The new places.</param>
public sealed record MoveSteps(IReadOnlyList<CanvasPlacement> Placements) : CanvasCommand;

/// <summary>An outcome was drawn to a step.</summary>
/// <param name="Source">The step it leaves.</param>
/// <param name="SourcePort">The outcome.</param>
/// <param name="Target">The step it leads to.</param>
public sealed record ConnectSteps(string Source, string SourcePort, string Target) : CanvasCommand;

/// <summary>A connection was taken away.</summary>
/// <param name="EdgeId">The connection.</param>
public sealed record DisconnectSteps(string EdgeId) : CanvasCommand;

/// <summary>Steps and connections were deleted together; a step takes its connections with it.</summary>
/// <param name="NodeIds">The steps.</param>
/// <param name="EdgeIds">The connections chosen beside them.</param>
public sealed record DeleteSteps(IReadOnlyList<string> NodeIds, IReadOnlyList<string> EdgeIds) : CanvasCommand;

/// <summary>Steps were pasted from the system's clipboard. The text comes from anywhere: it is to be read as foreign input.</summary>
/// <param name="Text">JSON with steps, from <see cref="ScenarioCanvas.CopyText"/>, the canvas itself or an exported scenario.</param>
/// <param name="X">The left edge wished for, in pixels of the canvas.</param>
/// <param name="Y">The upper edge wished for, in pixels of the canvas.</param>
public sealed record PasteSteps(string Text, double X, double Y) : CanvasCommand;

/// <summary>Commands of one gesture: one step to undo.</summary>
/// <param name="BaseRevision">The revision the user was looking at.</param>
/// <param name="Commands">What was asked for, in order.</param>
public sealed record CanvasGesture(long BaseRevision, IReadOnlyList<CanvasCommand> Commands);
