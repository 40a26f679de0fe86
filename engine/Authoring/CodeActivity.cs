namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A step that completes by itself once it has run, unless it waits at a bookmark.</summary>
public abstract class CodeActivity : Activity
{
    internal override bool CompletesItself => true;
}

/// <summary>A step with a result that completes by itself once it has run, unless it waits at a bookmark.</summary>
/// <typeparam name="T">What the result is.</typeparam>
public abstract class CodeActivity<T> : CodeActivity
{
    /// <summary>What the step resulted in.</summary>
    [Output(Description = "The result.")]
    public Output<T>? Result { get; set; }
}
