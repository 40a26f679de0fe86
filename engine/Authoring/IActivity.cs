namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A step of a scenario.</summary>
public interface IActivity
{
    /// <summary>The step's identity in its scenario.</summary>
    string Id { get; }

    /// <summary>The name of its activity type (<c>CentralPay.WaitForPayment</c>).</summary>
    string Type { get; }

    /// <summary>What the author of the scenario called the step.</summary>
    string? Name { get; }
}

/// <summary>An activity that cases start at.</summary>
public interface ITrigger : IActivity
{
    /// <summary>The payloads of the stimuli that start a case here; asked once, when the scenario is published.</summary>
    ValueTask<IEnumerable<object>> GetTriggerPayloadsAsync(TriggerIndexingContext context);
}

/// <summary>Marks the activity a flowchart begins with.</summary>
public interface IStartNode : IActivity;

/// <summary>Marks an activity nothing follows.</summary>
public interface ITerminalNode : IActivity;
