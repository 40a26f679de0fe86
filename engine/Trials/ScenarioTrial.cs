using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Trials;

/// <summary>
/// The engine in memory, for tests of activities: a step or a whole scenario runs as it would in the server, only that time
/// stands still until it is told to pass. One trial runs one case.
/// </summary>
public sealed class ScenarioTrial : IAsyncDisposable
{
    /// <summary>The step's id where a trial runs a single activity.</summary>
    public const string Step = "step";

    private const string StartEvent = "trial.start";
    private const int MostStops = 10_000;

    private readonly TrialClock _clock = new();
    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly ServiceProvider _provider;

    /// <summary>A trial of activities.</summary>
    /// <param name="activities">The classes that scenarios may use, beside the engine's own.</param>
    /// <param name="services">Registers what they ask for; stand-ins for what is outside.</param>
    public ScenarioTrial(IEnumerable<Type> activities, Action<IServiceCollection>? services = null)
    {
        var house = new ServiceCollection();
        house.AddSingleton<TimeProvider>(_clock).AddLogging();
        services?.Invoke(house);
        house.AddWorkflowEngine(registry =>
        {
            foreach (var activity in activities)
                registry.Add(activity);
        }).AddMemoryEngineStore();
        _provider = house.BuildServiceProvider();
    }

    /// <summary>Business time; begins on Monday 2 March 2026 at 09:00 UTC.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>The activity as the palette and the form show it.</summary>
    public ActivityDescriptor Describe(Type activity) =>
        Registry.Find(activity) ?? throw new ArgumentException($"{activity?.FullName} is none of the trial's activities.", nameof(activity));

    /// <summary>Runs one step of an activity until it ends or waits.</summary>
    /// <param name="activity">Its class.</param>
    /// <param name="inputs">Its inputs by name, as literals, or as an <see cref="Expression"/>.</param>
    /// <exception cref="ScenarioProblemsException">An input is missing or wrong, as the designer would say.</exception>
    public Task<TrialCase> RunAsync(Type activity, params (string Name, object? Value)[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var descriptor = Describe(activity);
        var properties = new JsonObject();
        foreach (var (name, value) in inputs)
        {
            var input = descriptor.Inputs.FirstOrDefault(each => each.Name == name) ?? throw new ArgumentException($"{descriptor.TypeName} has no input {name}.", nameof(inputs));
            properties[name] = InputDefinition.Write(input.TypeName, value as Expression ?? Expression.LiteralExpression(value is TimeSpan span ? ValueConversion.WriteDuration(span) : value));
        }

        return RunAsync(ScenarioWriter.Write(Drawing(new StepDefinition { Id = Step, Type = descriptor.TypeName, Version = descriptor.Version, Properties = properties })), StartEvent);
    }

    /// <summary>Publishes a scenario that begins with an event, and runs a case of it until it ends or waits.</summary>
    /// <param name="scenarioJson">The scenario, as the designer exports it.</param>
    /// <param name="startEvent">The name of the event that it begins with.</param>
    /// <param name="input">What comes with the event, an object; null for nothing.</param>
    /// <exception cref="ScenarioProblemsException">The scenario cannot be published.</exception>
    public async Task<TrialCase> RunAsync(string scenarioJson, string startEvent, object? input = null)
    {
        await InTenantAsync(async services =>
        {
            var library = services.GetRequiredService<ScenarioLibrary>();
            var draft = await library.ImportAsync(scenarioJson, "trial");
            await library.PublishAsync(draft.DefinitionId, draft.Revision, null, "trial");
        });
        return await RaiseAsync(Event.Published(startEvent, Json(input)));
    }

    /// <summary>Something happens that the case may wait for.</summary>
    public async Task<TrialCase> RaiseAsync(Stimulus stimulus)
    {
        await InTenantAsync(async services =>
        {
            var work = services.GetRequiredService<IEngineUnitOfWork>();
            work.Append(new StimulusRaised(stimulus));
            await work.CommitAsync();
        });
        return await GoOnAsync();
    }

    /// <summary>The task that the case waits for is told done, as another program tells it.</summary>
    /// <param name="result">What came of it, an object; null for nothing.</param>
    /// <exception cref="InvalidOperationException">The case waits for no task.</exception>
    public async Task<TrialCase> CompleteTaskAsync(object? result = null)
    {
        var task = (await ReadAsync()).Bookmarks.FirstOrDefault(wait => wait.Name == RunTask.StimulusName) ?? throw new InvalidOperationException("The case waits for no task.");
        await InTenantAsync(services => services.GetRequiredService<CaseDesk>().CompleteTaskAsync(task.ActivityInstanceId, Json(result)));
        return await GoOnAsync();
    }

    /// <summary>Time passes, with all that falls due on the way, in its order.</summary>
    public async Task<TrialCase> PassAsync(TimeSpan time)
    {
        var until = Now + time;
        for (var stop = 0; await Store.NextTimerDueAsync() is { } due && due <= until; stop++)
        {
            if (stop == MostStops)
                throw new InvalidOperationException($"More than {MostStops} times something fell due within {time}; the scenario seems to wait in a circle.");
            _clock.MoveTo(due);
            await GoOnAsync();
        }

        _clock.MoveTo(until);
        return await GoOnAsync();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private MemoryEngineStore Store => _provider.GetRequiredService<MemoryEngineStore>();

    private ActivityRegistry Registry => _provider.GetRequiredService<ActivityRegistry>();

    private async Task<TrialCase> GoOnAsync()
    {
        await _provider.GetRequiredService<CaseWorker>().DrainAsync();
        return new TrialCase(await ReadAsync());
    }

    private Task<CaseDetails> ReadAsync() => InTenantAsync(async services =>
    {
        var desk = services.GetRequiredService<CaseDesk>();
        var found = await desk.ListAsync(new CaseQuery { Limit = 1 });
        return found is [var only] ? (await desk.DetailsAsync(only.Id))! : throw new InvalidOperationException("No case has begun.");
    });

    private async Task InTenantAsync(Func<IServiceProvider, Task> act)
    {
        await using var scope = Store.Open(_tenant);
        await act(scope.Services);
    }

    private async Task<T> InTenantAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Store.Open(_tenant);
        return await act(scope.Services);
    }

    private static ScenarioDefinition Drawing(StepDefinition step)
    {
        var start = new StepDefinition
        {
            Id = "start",
            Type = "Elsa.Event",
            Properties = new JsonObject { ["eventName"] = InputDefinition.Write("String", Expression.LiteralExpression(StartEvent)), ["customProperties"] = new JsonObject { ["canStartWorkflow"] = true } },
        };
        var empty = ScenarioDrawing.Empty("trial", "Trial");
        return empty with { Root = empty.Root with { Steps = [start, step], Connections = [new ConnectionDefinition { Source = start.Id, Target = step.Id }] } };
    }

    private static string? Json(object? input) => input is null ? null : JsonSerializer.Serialize(input, EngineJson.Options);

    private sealed class TrialClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void MoveTo(DateTimeOffset instant) => _now = instant > _now ? instant : _now;
    }
}
