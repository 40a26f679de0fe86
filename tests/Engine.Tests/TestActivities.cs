using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests;

/// <summary>Writes a line.</summary>
[Activity("Test", "Test", "Write a line.")]
public sealed class Note : CodeActivity<string>
{
    [Input]
    public Input<string> Text { get; set; } = new("");

    protected override void Execute(ActivityExecutionContext context)
    {
        var text = context.Get(Text) ?? "";
        context.GetRequiredService<TestLog>().Add(text.Length == 0 ? Id : text);
        context.SetResult(text);
    }
}

/// <summary>Leaves a rate, an instant and a span behind.</summary>
[Activity("Test", "Test", "Rate a customer.")]
public sealed class Rating : CodeActivity
{
    [Output]
    public Output<double> Rate { get; set; } = default!;

    [Output]
    public Output<double[]> Rates { get; set; } = default!;

    [Output]
    public Output<DateTimeOffset> At { get; set; } = default!;

    [Output]
    public Output<TimeSpan> ValidFor { get; set; } = default!;

    protected override void Execute(ActivityExecutionContext context)
    {
        context.Set(Rate, 5);
        context.Set(Rates, [5, 7]);
        context.Set(At, context.GetRequiredService<TimeProvider>().GetUtcNow());
        context.Set(ValidFor, TimeSpan.FromDays(1));
    }
}

/// <summary>Ends by an outcome that it does not declare, as after a slip of the pen.</summary>
[Activity("Test", "Test", "End by a slip of the pen.")]
[FlowNode("Covered", "Not covered")]
public sealed class Mistyped : Activity
{
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("Not Covered");
}

/// <summary>Waits for an answer, at the most for a time.</summary>
[Activity("Test", "Test", "Wait for an answer.")]
[FlowNode("Answered", "Time limit")]
public sealed class Ask : Activity
{
    [Input]
    public Input<string> Question { get; set; } = new("");

    [Input]
    public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(7));

    [Output]
    public Output<string> Answer { get; set; } = default!;

    public static Stimulus Answered(string question, string answer) =>
        Stimulus.For("Test.Ask", question) with { InputJson = $$"""{"answer":"{{answer}}"}""" };

    protected override void Execute(ActivityExecutionContext context)
    {
        context.SetProperty("asked", context.Get(Question));
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = context.Get(Question), Callback = OnAnswerAsync });
        context.DelayFor(context.Get(TimeLimit), OnTimeLimitAsync);
    }

    private async ValueTask OnAnswerAsync(ActivityExecutionContext context)
    {
        var answer = context.GetWorkflowInput<string>("answer");
        context.GetRequiredService<TestLog>().Add($"{context.GetProperty<string>("asked")}: {answer}");
        context.Set(Answer, answer);
        await context.CompleteActivityWithOutcomesAsync("Answered");
    }

    private async ValueTask OnTimeLimitAsync(ActivityExecutionContext context) => await context.CompleteActivityWithOutcomesAsync("Time limit");
}

/// <summary>Changes everything it can, then fails as often as told.</summary>
[Activity("Test", "Test", "Fail.")]
public sealed class Failing : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context)
    {
        context.SetVariable("Count", 99);
        context.WorkflowExecutionContext.CorrelationId = "changed";
        context.CreateBookmark("never");
        context.GetRequiredService<IEngineUnitOfWork>().Append(new StimulusRaised(Ask.Answered("raised by the failing step", "no")));
        if (context.GetRequiredService<TestLog>().FailuresLeft-- > 0)
            throw new TimeoutException("The gateway does not answer.");
        context.WorkflowExecutionContext.CorrelationId = "invoice:one";
        context.CompleteActivityAsync().AsTask().GetAwaiter().GetResult();
    }
}

/// <summary>Loses the database as often as told, as a mapper tells it.</summary>
[Activity("Test", "Test", "Read.")]
public sealed class Reading : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context)
    {
        if (context.GetRequiredService<TestLog>().FailuresLeft-- > 0)
            throw new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", new Storms.ConnectionLostException("a read"));
    }
}

/// <summary>Asks a server that never answers.</summary>
[Activity("Test", "Test", "Call.")]
public sealed class Calling : Activity
{
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        using var client = new HttpClient(new Silent()) { Timeout = TimeSpan.FromMilliseconds(1) };
        await client.GetAsync(new Uri("http://localhost/"), context.CancellationToken);
    }

    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}

/// <summary>Neither completes nor waits.</summary>
[Activity("Test", "Test", "Do nothing.")]
public sealed class Stubborn : Activity;

/// <summary>Waits to go on at a method that a later release renamed.</summary>
[Activity("Test", "Test", "Wait.")]
public sealed class Renamed : Activity
{
    protected override void Execute(ActivityExecutionContext context) =>
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = "go", Callback = OnGoAsync });

    private async ValueTask OnGoAsync(ActivityExecutionContext context) => await context.CompleteActivityAsync();
}

/// <summary>Asks the world outside for money, under the key of its run, and waits for the answer.</summary>
[Activity("Test", "Test", "Charge.")]
public sealed class Charge : Activity
{
    public static Stimulus Answer(string key) => Stimulus.For("Test.Charged", key);

    protected override void Execute(ActivityExecutionContext context)
    {
        context.GetRequiredService<TestLog>().Add($"asked {context.Id}");
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = "Test.Charged", Stimulus = context.Id, Callback = OnAnswerAsync });
    }

    private async ValueTask OnAnswerAsync(ActivityExecutionContext context)
    {
        context.GetRequiredService<TestLog>().Add($"answered {context.Id}");
        await context.CompleteActivityAsync();
    }
}
