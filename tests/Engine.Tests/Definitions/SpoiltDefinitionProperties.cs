using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Definitions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>Whatever is spoilt in a drawing, its bringer hears of it as a problem, and what is taken in leaves as it came.</summary>
public sealed class SpoiltDefinitionProperties
{
    private const int MostSpoilt = 3;

    private const string Whole = """
        {"definitionId":"whole","name":"Whole","version":1,"isLatest":true,"isPublished":false,"description":"d",
        "variables":[{"id":"v1","name":"Level","typeName":"Int32","isArray":false,"value":3},{"id":"v2","name":"Amounts","typeName":"Decimal","isArray":true,"value":"[1,2]"}],
        "inputs":[{"name":"InvoiceId","type":"String","isArray":false}],"outputs":[{"name":"Paid","type":"Boolean"}],"outcomes":["Done"],"customProperties":{"a":1},"options":{"usableAsActivity":false},
        "root":{"id":"flow","type":"Elsa.Flowchart","version":1,"start":"start","metadata":{},"customProperties":{},"variables":[{"id":"v3","name":"Inner","typeName":"String"}],"activities":[
        {"id":"start","type":"Elsa.Event","name":"Begin","customProperties":{"canStartWorkflow":true},"eventName":{"typeName":"String","expression":{"type":"Literal","value":"Start"}}},
        {"id":"way","type":"Elsa.FlowSwitch","mode":{"typeName":"SwitchMode","expression":{"type":"Literal","value":"MatchAny"}},"cases":[{"label":"Big","condition":{"type":"CEL","value":"Level > 2"}},{"label":"Small","condition":{"type":"CEL","value":"true"}}]},
        {"id":"fork","type":"Elsa.FlowFork","branches":{"typeName":"String[]","expression":{"type":"Object","value":"[\"A\",\"B\"]"}}},
        {"id":"join","type":"Elsa.FlowJoin","mode":{"typeName":"FlowJoinMode","expression":{"type":"Literal","value":"WaitAll"}}},
        {"id":"set","type":"Elsa.SetVariable","variable":{"id":"v1","name":"Level","typeName":"Int32"},"value":{"typeName":"Object","expression":{"type":"Variable","value":{"id":"v1","name":"Level"}}}},
        {"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"P1D"},"memoryReference":{"id":"m"}},"metadata":{"displayText":"Wait","designer":{"position":{"x":1,"y":2},"size":{"width":1}}}},
        {"id":"cron","type":"Elsa.Cron","cronExpression":"0 0 8 * * ?","timeZone":"Europe/Paris"},
        {"id":"task","type":"Elsa.RunTask","taskName":"Ask","payload":{"typeName":"ObjectDictionary","expression":{"type":"Object","value":"{\"a\":1}"}},"result":{"typeName":"Object","memoryReference":{"id":"v1"}}},
        {"id":"run","type":"Elsa.ExecuteWorkflow","workflowDefinitionId":"other","input":{"typeName":"ObjectDictionary","expression":{"type":"CEL","value":"{'a': Level}"}},"waitForCompletion":true},
        {"id":"each","type":"Elsa.ForEach","items":{"typeName":"Object[]","expression":{"type":"Variable","value":"Amounts"}},"body":{"id":"seq","type":"Elsa.Sequence","activities":[{"id":"ask","type":"Test.Ask","question":{"typeName":"String","expression":{"type":"Handlebars","value":"{{Level}}"}},"timeLimit":"P1D","answer":{"typeName":"String","memoryReference":{"id":"v3"}}},{"id":"if","type":"Elsa.If","condition":{"typeName":"Boolean","expression":{"type":"CEL","value":"CurrentIndex > 1"}},"then":{"id":"then","type":"Elsa.Break"}}]}},
        {"id":"lost","type":"Elsa.NotFoundActivity","missingTypeName":"Test.Note","missingTypeVersion":1,"originalActivityJson":"{\"id\":\"lost\",\"type\":\"Test.Note\",\"text\":\"x\"}"},
        {"id":"end","type":"Elsa.Finish"}],
        "connections":[{"source":{"activity":"start","port":"Done"},"target":{"activity":"way","port":"In"},"vertices":[{"x":1,"y":2}]},{"source":"way","target":"fork","sourcePort":"Big","targetPort":"In"},{"source":{"activity":"fork","port":"A"},"target":{"activity":"join"}},{"source":{"activity":"fork","port":"B"},"target":{"activity":"set"}},{"source":{"activity":"set"},"target":{"activity":"join"}},{"source":{"activity":"join"},"target":{"activity":"wait"}},{"source":{"activity":"wait"},"target":{"activity":"task"}},{"source":{"activity":"task"},"target":{"activity":"each"}},{"source":{"activity":"each"},"target":{"activity":"lost"}},{"source":{"activity":"lost"},"target":{"activity":"end"}}]}}
        """;

    private static readonly string[] Rubbish =
        ["null", "true", "0", "-1", "1e400", "123456789012345678901234567890", "1.5", "\"\"", "\"x\"", "\"v1\"", "\"start\"", "\"0\"", "\"{\"", "\"\\u0000\"", "[]", "[null]", "[1,[2]]", "{}", "{\"id\":\"start\",\"type\":\"Elsa.Event\"}",
         "{\"typeName\":\"String\"}", "{\"type\":\"CEL\",\"value\":7}", "{\"expression\":{\"type\":\"Nope\"}}", "{\"expression\":{\"type\":\"Variable\",\"value\":{\"id\":9}}}", "{\"typeName\":5,\"expression\":{\"value\":{\"a\":1}}}", "{\"\":null}"];

    [Fact]
    public void Whatever_is_spoilt_is_told_as_a_problem_and_never_breaks_the_house()
    {
        using var house = new Kept();
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => house.TakeAsync(Spoilt(new Random(seed))).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithReplay(20260302, 7).WithMaxTest(500));
    }

    private static string Spoilt(Random random)
    {
        var json = JsonNode.Parse(Whole)!;
        for (var times = random.Next(1, MostSpoilt + 1); times > 0; times--)
        {
            var all = Inside(json).ToList();
            var (holder, name, index) = all[random.Next(all.Count)];
            var rubbish = JsonNode.Parse(Rubbish[random.Next(Rubbish.Length)]);
            if (holder is JsonArray items)
                items[index] = rubbish;
            else if (random.Next(4) == 0)
                ((JsonObject)holder).Remove(name!);
            else
                ((JsonObject)holder)[name!] = rubbish;
        }

        return json.ToJsonString();
    }

    private static IEnumerable<(JsonNode Holder, string? Name, int Index)> Inside(JsonNode? json) => json switch
    {
        JsonObject members => members.ToList().SelectMany(member => Inside(member.Value).Prepend((members, member.Key, 0))),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(index => Inside(items[index]).Prepend((items, null, index))),
        _ => [],
    };

    private sealed class Kept : IDisposable
    {
        private readonly House _house = new();

        public async Task TakeAsync(string json)
        {
            var problems = _house.Get<DefinitionValidator>().Validate(json);
            ScenarioDefinition definition;
            try
            {
                definition = ScenarioReader.Read(json);
            }
            catch (ScenarioFormatException)
            {
                Assert.Contains(problems, problem => problem.Severity == ProblemSeverity.Error);
                return;
            }

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(ScenarioWriter.Write(definition))), json);
            _house.Get<ImportInspection>().Of(definition);
            Assert.Empty(ScenarioComparison.Between(definition, ScenarioReader.Read(json)).Changes);
            ScenarioComparison.Between(ScenarioReader.Read(Whole), definition);
            if (problems.All(problem => problem.Code != ProblemCodes.DuplicateStep))
                _house.Get<StepOutcomes>().Of(definition);
            await PublishAsync(json, problems.Any(problem => problem.Severity == ProblemSeverity.Error));
        }

        private async Task PublishAsync(string json, bool isWrong)
        {
            try
            {
                await _house.InTenantAsync(async services =>
                {
                    var library = services.GetRequiredService<ScenarioLibrary>();
                    var draft = await library.ImportAsync(json, "anna");
                    return await library.PublishAsync(draft.DefinitionId, draft.Revision, null, "anna");
                });
                Assert.False(isWrong, json);
            }
            catch (ScenarioProblemsException refused)
            {
                Assert.NotEmpty(refused.Problems);
            }
        }

        public void Dispose() => _house.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
