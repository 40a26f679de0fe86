using System.Text.Json;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Where people see the variables of a running case, and correct one. Scoped to a tenant.</summary>
public sealed class VariableDesk(IServiceProvider tenant, ICaseStore cases, IScenarioStore scenarios, IEngineUnitOfWork work, CompiledScenarios compiled, TimeProvider clock, EngineLimits limits)
{
    private readonly StandingCases _standing = new(tenant, scenarios, compiled, work, clock, limits);

    /// <summary>The variables of a running case by name, as they are now; none where it has ended or does not exist.</summary>
    public async Task<IReadOnlyList<CaseVariable>> ListAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { Status: CaseStatus.Running } found || await _standing.OpenAsync(found, cancellationToken) is not { } burst)
            return [];
        return [.. Declared(burst.Scenario).Select(variable => new CaseVariable(variable.Name, TypeAliases.Of(variable.ValueType), JsonOf(ValueOf(burst, variable)))).OrderBy(variable => variable.Name, StringComparer.Ordinal)];
    }

    /// <summary>Gives a variable of a running case another value; the journal says who did it and why. False where the case does not run.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value as JSON; null empties it.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="why">Why.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="VariableRefusedException">The case has no such variable, it cannot hold the value, or the case would keep too much.</exception>
    public Task<bool> ChangeAsync(Guid caseId, string name, JsonElement value, string actor, string why, CancellationToken cancellationToken = default) => work.CommitDecidedAsync(async () =>
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { Status: CaseStatus.Running } found || await _standing.OpenAsync(found, cancellationToken) is not { } burst)
            return false;
        var variable = Declared(burst.Scenario).FirstOrDefault(each => each.Name == name) ?? throw new VariableRefusedException(VariableRefusal.Unknown, name, "");
        var before = JsonOf(ValueOf(burst, variable));
        try
        {
            burst.SetVariable(name, ValueConversion.To(value, variable.ValueType));
        }
        catch (FormatException)
        {
            throw new VariableRefusedException(VariableRefusal.WrongType, name, TypeAliases.Of(variable.ValueType));
        }

        var state = StateJson.Write(burst.State);
        if (state.Length > limits.MaxStateBytes)
            throw new VariableRefusedException(VariableRefusal.TooLarge, name, $"{limits.MaxStateBytes / 1024}");
        var now = clock.GetUtcNow();
        work.Append(new CaseChanged(found with { State = state, Revision = found.Revision + 1, UpdatedAt = now }, found.Revision));
        work.Append(new JournalWritten(JournalEntry.Beside(found, now, "VariableChanged", $"{name} changed by {actor}: {why}", new Dictionary<string, string?>
        {
            ["variable"] = JsonSerializer.Serialize(name, EngineJson.Options),
            ["before"] = limits.CutForJournal(before),
            ["after"] = limits.CutForJournal(JsonOf(ValueOf(burst, variable))),
        })));
        return true;
    }, cancellationToken);

    // What loops give is each round's own, and no variable of the case.
    private static IEnumerable<CompiledVariable> Declared(CompiledScenario scenario) => scenario.VariablesById.Values.Where(variable => !Loops.Gives(variable.Id));

    private static object? ValueOf(Burst burst, CompiledVariable variable) => burst.State.Variables.TryGetValue(variable.Id, out var value) ? value : variable.FirstValue;

    private static string? JsonOf(object? value) => value switch
    {
        null => null,
        JsonFragment fragment => fragment.Plain(),
        _ => JsonSerializer.Serialize(value, value.GetType(), EngineJson.Options),
    };
}

/// <summary>A variable of a running case.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">What it holds (<c>String</c>, <c>Decimal</c>).</param>
/// <param name="ValueJson">Its value as JSON; null where it has none.</param>
public sealed record CaseVariable(string Name, string TypeName, string? ValueJson);

/// <summary>A variable cannot take a value.</summary>
public sealed class VariableRefusedException(VariableRefusal refusal, string name, string bound) : Exception($"The variable \"{name}\" cannot take the value: {refusal}.")
{
    /// <summary>Why.</summary>
    public VariableRefusal Refusal { get; } = refusal;

    /// <summary>The variable.</summary>
    public string Name { get; } = name;

    /// <summary>What binds the value: the type that it must be of, or the kilobytes that the case may keep; empty for an unknown variable.</summary>
    public string Bound { get; } = bound;
}

/// <summary>Why a variable does not take a value.</summary>
public enum VariableRefusal
{
    /// <summary>The case has no such variable.</summary>
    Unknown,

    /// <summary>The value is not of its type.</summary>
    WrongType,

    /// <summary>With it the case would keep more than it may (<see cref="EngineLimits.MaxStateBytes"/>).</summary>
    TooLarge,
}
