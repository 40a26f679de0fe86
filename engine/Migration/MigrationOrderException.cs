using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>An order that cannot be meant: it names a step or a version that is not there.</summary>
public sealed class MigrationOrderException(MigrationOrderProblem problem, string about, string message) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public MigrationOrderProblem Problem { get; } = problem;

    /// <summary>The member of the order: <c>to</c>, or <c>steps.</c> and the step of the old version.</summary>
    public string About { get; } = about;

    /// <summary>Throws where the order cannot be meant.</summary>
    internal static void Check(MigrationOrder order, CompiledScenario from, CompiledScenario to)
    {
        if (from.Version == to.Version)
            throw new MigrationOrderException(MigrationOrderProblem.SameVersion, "to", $"The cases run on version {to.Version} already.");
        foreach (var (old, next) in order.Steps)
        {
            if (from.Find(old) is null)
                throw new MigrationOrderException(MigrationOrderProblem.UnknownStep, $"steps.{old}", $"Version {from.Version} has no step \"{old}\".");
            if (next is not null && to.Find(next) is null)
                throw new MigrationOrderException(MigrationOrderProblem.UnknownStep, $"steps.{old}", $"Version {to.Version} has no step \"{next}\".");
        }
    }
}

/// <summary>What can be wrong with an order.</summary>
public enum MigrationOrderProblem
{
    /// <summary>The versions are one.</summary>
    SameVersion,

    /// <summary>The version was never published.</summary>
    NeverPublished,

    /// <summary>A step is not there.</summary>
    UnknownStep,
}
