using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Engine.Tests.Expressions;

/// <summary>What holds for every expression.</summary>
public sealed class CelProperties
{
    private const int Depth = 4;
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20260302, 7).WithMaxTest(3_000);
    private static readonly FunctionRegistry Registry = new(new TestClock(House.Start));
    private static readonly string[] TypeErrors = ["cannot be applied to", "takes true or false", "does not take a value", "goes through a list", "has no member", "has no item"];

    private static readonly ExpressionTypes Types = new()
    {
        VariablesById = new Dictionary<string, CelType>(),
        Realms = new Dictionary<string, CelType>(),
        Roots = new Dictionary<string, CelType> { [RandomCel.Root] = RandomCel.Members },
        VariableNames = [],
    };

    [Fact]
    public void An_expression_is_worth_the_same_whether_its_values_are_written_in_it_or_read_from_the_host_once_or_again() =>
        ForAll((type, seed) =>
        {
            var text = new RandomCel(seed, written: true).Of(type, Depth);
            var read = Parsed(new RandomCel(seed, written: false).Of(type, Depth));
            var scope = new Values();

            var worth = Shown(Parsed(text).EvaluateCel(scope));
            Assert.Equal((text, worth, worth), (text, Shown(read.EvaluateCel(scope)), Shown(read.EvaluateCel(scope))));
        });

    [Fact]
    public void An_expression_that_fits_together_is_passed_and_gives_what_the_check_says() =>
        ForAll((type, seed) =>
        {
            var text = new RandomCel(seed, written: false).Of(type, Depth);
            var value = Parsed(text).EvaluateCel(new Values());

            Assert.Empty(Parsed(text).Check(Types, null));
            Assert.True(value.IsError ? !IsTypeError(value) : value.ValueType.Fits(type), $"{text} gives {Shown(value)}");
        });

    [Fact]
    public void An_expression_that_fails_on_a_type_in_a_case_was_refused_before() =>
        ForAll((type, seed) =>
        {
            var text = new RandomCel(seed, written: false, mistakes: 15).Of(type, Depth);
            var value = Parsed(text).EvaluateCel(new Values());

            Assert.True(!IsTypeError(value) || Parsed(text).Check(Types, null).Count > 0, $"{text} was passed and gives {Shown(value)}");
        });

    [Fact]
    public void A_written_part_without_a_value_is_told_before_any_case() =>
        ForAll((type, seed) =>
        {
            var text = new RandomCel(seed, written: true).Of(type, 1);
            var value = Parsed(text).EvaluateCel(new Values());

            // At depth one nothing absorbs an error; only a macro's items are not written where they are used.
            Assert.True(!value.IsError || text.Contains(".map(", StringComparison.Ordinal) || Parsed(text).Check(Types, null).Any(finding => finding.Code == ProblemCodes.NoValue), $"{text} gives {Shown(value)}");
        });

    private static void ForAll(Action<CelType, int> holds) =>
        Prop.ForAll((from type in Gen.Elements(RandomCel.Types.ToArray()) from seed in Gen.Choose(0, int.MaxValue) select (type, seed)).ToArbitrary(), one => holds(one.type, one.seed)).Check(Seeded);

    private static CelExpression Parsed(string text) =>
        CelExpression.Parse(text, Registry, _ => null, new RootPaths()) as CelExpression ?? throw new InvalidOperationException($"{text} is no expression.");

    // string() takes whatever types the host registers, so what it is given is left to the case.
    private static bool IsTypeError(CelValue value) =>
        value.IsError && TypeErrors.Any(error => value.Text.Contains(error, StringComparison.Ordinal)) && !value.Text.StartsWith("string does not", StringComparison.Ordinal);

    private static string Shown(CelValue value) => $"{value.TypeName} {value}";

    private sealed class Values : IExpressionScope
    {
        public RootValues RootValues { get; } = new();

        public object? Variable(string id) => null;

        public object? Input(string name) => null;

        public IReadOnlyDictionary<string, object?> Inputs() => new Dictionary<string, object?>();

        public IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId) => null;

        public bool TryRoot(string name, out object? value)
        {
            value = name == RandomCel.Root ? RandomCel.Values : null;
            return value is not null;
        }
    }
}
