namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>Acyclic scenarios of notes, questions, decisions, forks and joins, as a seed draws them.</summary>
internal static class RandomFlow
{
    /// <summary>A scenario, and how many steps after the start it has: "n0" to the last.</summary>
    public static (string Json, int Steps) Draw(System.Random random)
    {
        var draw = Tests.Draw.Scenario("random");
        var count = random.Next(2, 9);
        var outcomes = new List<(string Id, string[] Ports)> { ("start", ["Done"]) };
        var connections = new List<string>();
        for (var index = 0; index < count; index++)
        {
            var id = $"n{index}";
            var from = outcomes[random.Next(outcomes.Count)];
            connections.Add($"{from.Id}.{from.Ports[random.Next(from.Ports.Length)]}>{id}");
            var kind = random.Next(5);
            if (kind == 4 && outcomes.Count > 1)
            {
                var other = outcomes[random.Next(1, outcomes.Count)];
                connections.Add($"{other.Id}.{other.Ports[0]}>{id}");
            }

            string[] ports = ["Done"];
            _ = kind switch
            {
                0 => draw.Step(id, "Test.Note"),
                1 => draw.Step(id, "Test.Ask", ("question", "Literal", id), ("timeLimit", "Literal", $"P{random.Next(1, 9)}D")),
                2 => draw.Step(id, "Elsa.FlowDecision", ("condition", "CEL", random.Next(2) == 0 ? "true" : "false")),
                3 => draw.Step(id, "Elsa.FlowFork", ("branches", "Object", """["A","B"]""")),
                _ => draw.Step(id, "Elsa.FlowJoin", ("mode", "Literal", random.Next(2) == 0 ? "WaitAny" : "WaitAllActive")),
            };
            if (kind == 1)
                ports = ["Answered", "Time limit"];
            else if (kind == 2)
                ports = ["True", "False"];
            else if (kind == 3)
                ports = ["A", "B"];
            outcomes.Add((id, ports));
        }

        return (draw.Connect([.. connections.Distinct()]).Json, count);
    }
}
