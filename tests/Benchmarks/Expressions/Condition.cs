using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;
using CentralPay.Workflows.Payments.Amounts;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Expressions;

/// <summary>A condition with the domain's functions, over one invoice.</summary>
internal sealed class Condition
{
    private readonly CelExpression expression;
    private readonly InvoiceScope scope = new();

    private Condition(CelExpression expression) => this.expression = expression;

    public static Condition Of(string text)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new BenchClock());
        services.AddActivities();
        using var provider = services.BuildServiceProvider();
        var parsed = CelExpression.Parse(text, provider.GetRequiredService<FunctionRegistry>(), name => name == "level" ? name : null, new RootPaths());
        return parsed is CelExpression expression ? new Condition(expression) : throw new InvalidOperationException(parsed.Problem?.Message);
    }

    /// <summary>How often it held, of so many evaluations.</summary>
    public int CountTrue(int times)
    {
        var held = 0;
        for (var time = 0; time < times; time++)
        {
            if (expression.EvaluateCel(scope) is { Kind: CelKind.Bool, Bool: true })
            {
                held++;
            }
        }

        return held;
    }

    /// <summary>The bytes allocated where nothing of the host was read before, as in the first condition of a burst.</summary>
    public long BytesOfFirst()
    {
        expression.EvaluateCel(new InvoiceScope());
        var fresh = new InvoiceScope();
        var before = GC.GetAllocatedBytesForCurrentThread();
        expression.EvaluateCel(fresh);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class InvoiceScope : IExpressionScope
    {
        private static readonly object Level = 6;

        private static readonly Dictionary<string, object?> Roots = new()
        {
            ["invoice"] = new Dictionary<string, object?>
            {
                ["amount"] = new Money(120_000, "EUR"),
                ["open"] = new Money(120_000, "EUR"),
                ["dueDate"] = "2026-02-01",
                ["disputed"] = false,
                ["status"] = "Overdue",
            },
            ["customer"] = new Dictionary<string, object?> { ["segment"] = "B2B" },
            ["today"] = "2026-03-02",
        };

        public RootValues RootValues { get; } = new();

        public object? Variable(string id) => Level;

        public object? Input(string name) => null;

        public IReadOnlyDictionary<string, object?> Inputs() => new Dictionary<string, object?>();

        public IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId) => null;

        public bool TryRoot(string name, out object? value) => Roots.TryGetValue(name, out value);
    }
}
