using CentralPay.Workflows.Designer.Scenarios.Drawing;
using CentralPay.Workflows.Engine.Definitions;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Designer.Tests.Drawing;

/// <summary>Taking back and doing again.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void Undo_and_redo_walk_over_exactly_what_was_drawn()
    {
        Prop.ForAll(Gen.Choose(0, 2).ArrayOf(40).ToArbitrary(), moves =>
        {
            var history = new History();
            List<ScenarioDefinition> states = [State(0)];
            var (at, made) = (0, 0);
            foreach (var move in moves)
            {
                if (move == 0)
                {
                    var next = State(++made);
                    history.Note($"{made}", states[at], next, isLayout: false);
                    states.RemoveRange(at + 1, states.Count - at - 1);
                    states.Add(next);
                    at++;
                }
                else if (move == 1 && at > 0)
                {
                    Assert.Same(states[at - 1], history.Before!.Definition);
                    history.Undone();
                    at--;
                }
                else if (move == 2 && at < states.Count - 1)
                {
                    Assert.Same(states[at + 1], history.After!.Definition);
                    history.Redone();
                    at++;
                }

                Assert.Equal(at > 0, history.UndoName is not null);
                Assert.Equal(at < states.Count - 1, history.RedoName is not null);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_oldest_of_very_many_things_done_is_forgotten()
    {
        var history = new History();
        for (var made = 1; made <= History.MostKept + 5; made++)
        {
            history.Note($"{made}", State(made - 1), State(made), isLayout: false);
        }

        var taken = 0;
        while (history.Before is not null)
        {
            history.Undone();
            taken++;
        }

        Assert.Equal(History.MostKept, taken);
    }

    private static ScenarioDefinition State(int number) => ScenarioDrawing.Empty("drawn", $"{number}");
}
