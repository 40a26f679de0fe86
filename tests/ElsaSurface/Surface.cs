// The members of Elsa Workflows 3.7.1 that an activity of ours may use, by signature only: enough for the compiler to say
// whether the activities are still written in that subset where Elsa's own packages cannot be restored. It runs nothing.
using Elsa.Workflows.Models;

namespace Elsa.Workflows
{
    public delegate ValueTask ExecuteActivityDelegate(ActivityExecutionContext context);

    public enum ActivityKind { Action, Trigger, Job, Task }

    public interface IActivity;

    public abstract class Activity : IActivity
    {
        protected virtual ValueTask ExecuteAsync(ActivityExecutionContext context) => default;

        protected virtual void Execute(ActivityExecutionContext context) { }
    }

    public abstract class CodeActivity : Activity;

    public abstract class CodeActivity<T> : CodeActivity
    {
        public Output<T>? Result { get; set; }
    }

    public abstract class Trigger : Activity
    {
        protected virtual ValueTask<IEnumerable<object>> GetTriggerPayloadsAsync(TriggerIndexingContext context) => default;

        protected virtual IEnumerable<object> GetTriggerPayloads(TriggerIndexingContext context) => [];

        protected virtual object GetTriggerPayload(TriggerIndexingContext context) => new();
    }

    public abstract class Trigger<T> : Trigger
    {
        public Output<T>? Result { get; set; }
    }

    public class TriggerIndexingContext
    {
        public string TriggerName { get; set; } = "";
    }

    public class WorkflowExecutionContext
    {
        public string Id { get; set; } = "";

        public string? CorrelationId { get; set; }
    }

    public class ActivityExecutionContext
    {
        public string Id { get; set; } = "";

        public WorkflowExecutionContext WorkflowExecutionContext => new();

        public CancellationToken CancellationToken => default;

        public IDictionary<string, object?> JournalData => new Dictionary<string, object?>();

        public void Set<T>(Output<T>? output, T? value) { }

        public void SetProperty<T>(string key, T? value) { }

        public T? GetProperty<T>(string key) => default;

        public T GetRequiredService<T>() where T : notnull => default!;

        public void AddExecutionLogEntry(string eventName, string? message = null) { }

        public void CreateBookmark(object stimulus, ExecuteActivityDelegate callback) { }

        public void CreateBookmark(CreateBookmarkArgs options) { }

        public ValueTask CompleteActivityAsync() => default;

        public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => default;
    }
}

namespace Elsa.Workflows.Models
{
    public class Input<T>(T literal)
    {
        public T Literal { get; } = literal;
    }

    public class Output<T>;

    public class CreateBookmarkArgs
    {
        public string? BookmarkName { get; set; }

        public object? Stimulus { get; set; }

        public ExecuteActivityDelegate? Callback { get; set; }

        public bool AutoBurn { get; set; } = true;
    }
}

namespace Elsa.Workflows.Memory
{
    public class Variable;
}

namespace Elsa.Workflows.Attributes
{
    [AttributeUsage(AttributeTargets.Class)]
    public class ActivityAttribute(string @namespace, string? category, string? description = null) : Attribute
    {
        public string Namespace { get; } = @namespace;

        public string? Category { get; } = category;

        public string? Description { get; } = description;

        public string? DisplayName { get; set; }

        public ActivityKind Kind { get; set; }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public class InputAttribute : Attribute
    {
        public string? DisplayName { get; set; }

        public string? Description { get; set; }

        public string? Category { get; set; }

        public string? UIHint { get; set; }

        public object? DefaultValue { get; set; }

        public object? Options { get; set; }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public class OutputAttribute : Attribute
    {
        public string? DisplayName { get; set; }

        public string? Description { get; set; }
    }
}

namespace Elsa.Workflows.Activities.Flowchart.Attributes
{
    [AttributeUsage(AttributeTargets.Class)]
    public class FlowNodeAttribute(params string[] outcomes) : Attribute
    {
        public string[] Outcomes { get; } = outcomes;
    }
}

namespace Elsa.Workflows.UIHints.Dropdown
{
    public class SelectListItem(string text, string value)
    {
        public string Text { get; } = text;

        public string Value { get; } = value;
    }
}

namespace Elsa.Extensions
{
    using Elsa.Workflows;

    public static class ActivityExecutionContextExtensions
    {
        public static T? Get<T>(this ActivityExecutionContext context, Input<T>? input) => default;

        public static T? GetWorkflowInput<T>(this ActivityExecutionContext context, string name) => default;

        public static T? GetVariable<T>(this ActivityExecutionContext context, string name) => default;

        public static void SetVariable(this ActivityExecutionContext context, string name, object? value) { }

        public static void SetResult(this ActivityExecutionContext context, object? value) { }

        public static bool IsTriggerOfWorkflow(this ActivityExecutionContext context) => default;

        public static void DelayFor(this ActivityExecutionContext context, TimeSpan delay, ExecuteActivityDelegate? callback = null) { }

        public static void DelayUntil(this ActivityExecutionContext context, DateTimeOffset resumeAt, ExecuteActivityDelegate? callback = null) { }
    }
}
