namespace CentralPay.Workflows.Engine.Execution;

/// <summary>The causes of incidents that the engine itself names; people read them in their own words. A scenario, the domain and what is outside name others.</summary>
public static class FaultCauses
{
    /// <summary>An expression has no value: a name it looks at does not exist, or does not fit.</summary>
    public const string Expression = "Expression";

    /// <summary>A setting of a step has no value.</summary>
    public const string InputHasNoValue = "InputHasNoValue";

    /// <summary>The case was at work too long, or did too many steps, without waiting once.</summary>
    public const string BurstBudget = "BurstBudget";

    /// <summary>Work was begun several times and never ended: its process died in it each time.</summary>
    public const string NeverEnded = "NeverEnded";

    /// <summary>A step was begun and did not come back as long as its work was held.</summary>
    public const string NeverCameBack = "NeverCameBack";

    /// <summary>The version that the case runs on does not exist any more.</summary>
    public const string VersionIsGone = "VersionIsGone";

    /// <summary>The version that the case runs on cannot be read any more: an activity takes other settings now, or this build reads more strictly.</summary>
    public const string VersionUnreadable = "VersionUnreadable";

    /// <summary>The case stands at a step that its version does not have.</summary>
    public const string StepIsGone = "StepIsGone";

    /// <summary>What the case keeps cannot be read: it was not written by this build or an earlier one.</summary>
    public const string StateUnreadable = "StateUnreadable";

    /// <summary>A step was skipped by an outcome that it does not have, or by none though it has several.</summary>
    public const string NoSuchOutcome = "NoSuchOutcome";

    /// <summary>A step ended by an outcome after which nothing is drawn, and does not have one that is drawn any more.</summary>
    public const string OutcomeIsGone = "OutcomeIsGone";

    /// <summary>A step ended by an outcome that its activity does not declare and after which nothing is drawn, though something is drawn after the step.</summary>
    public const string OutcomeIsUnknown = "OutcomeIsUnknown";

    /// <summary>A step waits for the next time of a schedule that has none left.</summary>
    public const string NoTimeComes = "NoTimeComes";

    /// <summary>A scenario that a step runs has no published version.</summary>
    public const string NoPublishedVersion = "NoPublishedVersion";

    /// <summary>Scenarios run one another without end.</summary>
    public const string CasesTooDeep = "CasesTooDeep";

    /// <summary>A join waits for a way on which nothing runs any more.</summary>
    public const string JoinNeverComplete = "JoinNeverComplete";

    /// <summary>A step that ends a loop stands in none.</summary>
    public const string BreakOutsideLoop = "BreakOutsideLoop";

    /// <summary>A loop has more items than the limit.</summary>
    public const string TooManyItems = "TooManyItems";

    /// <summary>A step sets no variable.</summary>
    public const string NoVariable = "NoVariable";

    /// <summary>A step publishes an event without a name.</summary>
    public const string EventWithoutName = "EventWithoutName";

    /// <summary>A step asks another program for a task without a name.</summary>
    public const string TaskWithoutName = "TaskWithoutName";

    /// <summary>A step asks another program, and none is told.</summary>
    public const string NobodyTakesTasks = "NobodyTakesTasks";

    /// <summary>The step's activity is not installed; a colon and its type follow.</summary>
    public const string UnknownActivity = "UnknownActivity";

    /// <summary>The scenario stops here, as drawn, and gives no code of its own: what it says there is what people read.</summary>
    public const string Fault = "Fault";

    /// <summary>An activity waits with a callback that it does not have any more.</summary>
    public const string MissingCallback = "MissingCallback";

    /// <summary>An activity waits with a callback that is no method of its own.</summary>
    public const string CallbackIsNoMethod = "CallbackIsNoMethod";

    /// <summary>An activity schedules one that is not part of the scenario.</summary>
    public const string ForeignActivity = "ForeignActivity";

    /// <summary>An activity completed twice.</summary>
    public const string CompletedTwice = "CompletedTwice";

    /// <summary>An activity neither completed nor waits.</summary>
    public const string NeitherEndsNorWaits = "NeitherEndsNorWaits";

    /// <summary>A migration was queued without its order.</summary>
    public const string MigrationWithoutOrder = "MigrationWithoutOrder";
}
