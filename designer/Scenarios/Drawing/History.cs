using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Designer.Scenarios.Drawing;

/// <summary>How a scenario stood, and how it is to be saved when somebody goes back there.</summary>
/// <param name="Definition">The scenario.</param>
/// <param name="IsLayout">Whether only places differ from where we come from.</param>
public sealed record State(ScenarioDefinition Definition, bool IsLayout);

/// <summary>What was drawn in this sitting, so that it can be taken back and done again: canvas, settings and titles in one order.</summary>
public sealed class History
{
    /// <summary>How many things done can be taken back.</summary>
    public const int MostKept = 100;

    private readonly List<Entry> done = [];
    private int at;

    /// <summary>What undo would take back; null for nothing.</summary>
    public string? UndoName => at > 0 ? done[at - 1].Name : null;

    /// <summary>What redo would do again; null for nothing.</summary>
    public string? RedoName => at < done.Count ? done[at].Name : null;

    /// <summary>How it was before the last thing done. Call <see cref="Undone"/> once it is saved.</summary>
    public State? Before => at > 0 ? new State(done[at - 1].Before, done[at - 1].IsLayout) : null;

    /// <summary>How it was after the thing last taken back. Call <see cref="Redone"/> once it is saved.</summary>
    public State? After => at < done.Count ? new State(done[at].After, done[at].IsLayout) : null;

    /// <summary>Notes something done; what had been taken back before is gone.</summary>
    public void Note(string name, ScenarioDefinition before, ScenarioDefinition after, bool isLayout)
    {
        done.RemoveRange(at, done.Count - at);
        done.Add(new Entry(name, before, after, isLayout));
        if (done.Count > MostKept)
        {
            done.RemoveAt(0);
        }

        at = done.Count;
    }

    /// <summary>The last thing was taken back.</summary>
    public void Undone() => at--;

    /// <summary>The thing last taken back was done again.</summary>
    public void Redone() => at++;

    /// <summary>Somebody else changed the scenario: nothing of before can be taken back safely.</summary>
    public void Forget()
    {
        done.Clear();
        at = 0;
    }

    private sealed record Entry(string Name, ScenarioDefinition Before, ScenarioDefinition After, bool IsLayout);
}
