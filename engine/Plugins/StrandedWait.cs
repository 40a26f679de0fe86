namespace CentralPay.Workflows.Engine.Plugins;

/// <summary>A step where cases wait and could not go on as drawn, because its activity has changed. They go on waiting, and nothing is lost.</summary>
/// <param name="ScenarioId">The scenario.</param>
/// <param name="Scenario">Its name.</param>
/// <param name="Version">The version that the cases run on.</param>
/// <param name="StepId">The step.</param>
/// <param name="Step">What its author calls it.</param>
/// <param name="ActivityType">The activity's type name.</param>
/// <param name="Kind">What has changed.</param>
/// <param name="Member">The method, outcome or input in question; the activity itself where that is gone.</param>
/// <param name="Cases">How many cases wait there.</param>
public sealed record StrandedWait(string ScenarioId, string Scenario, int Version, string StepId, string Step, string ActivityType, StrandedKind Kind, string Member, int Cases);

/// <summary>What keeps waiting cases from going on as drawn.</summary>
public enum StrandedKind
{
    /// <summary>The activity is not installed. When its answer comes, the case becomes an incident.</summary>
    ActivityIsGone,

    /// <summary>The method they go on at is no longer there. When its answer comes, the case becomes an incident.</summary>
    MethodIsGone,

    /// <summary>The step is drawn to go on by an outcome that the activity no longer has. Where it ends by one after which nothing is drawn, the case becomes an incident.</summary>
    OutcomeIsGone,

    /// <summary>The step fills in an input that the activity no longer has. They would go on without its value.</summary>
    InputIsGone,

    /// <summary>The activity asks for an input that the step does not fill in. They would go on without a value.</summary>
    InputIsMissing,
}
