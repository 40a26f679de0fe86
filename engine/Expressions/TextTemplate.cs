using System.Text.RegularExpressions;
using CentralPay.Workflows.Engine.Expressions.Cel;
using HandlebarsDotNet;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>How values are written into a text.</summary>
public enum TextEncoding
{
    /// <summary>As they are: e-mail subjects, SMS, plain text.</summary>
    Plain,

    /// <summary>Safe inside HTML.</summary>
    Html,
}

/// <summary>A text with places for values (Handlebars), compiled once. It sees dictionaries, lists and plain values only.</summary>
public sealed partial class TextTemplate
{
    private static readonly IHandlebars PlainTexts = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
    private static readonly IHandlebars HtmlTexts = Handlebars.Create(new HandlebarsConfiguration());
    private static readonly HashSet<string> Words = ["if", "else", "each", "unless", "with", "lookup", "log", "this", "as", "true", "false", "null", "undefined"];
    private readonly HandlebarsTemplate<object, object> _template;

    private TextTemplate(HandlebarsTemplate<object, object> template, IReadOnlyList<string> names, IReadOnlyList<string> steps, IReadOnlyList<string> variables)
    {
        Variables = variables;
        _template = template;
        Names = names;
        Steps = steps;
    }

    /// <summary>The names the text begins its values with.</summary>
    public IReadOnlyList<string> Names { get; }

    internal IReadOnlyList<string> Steps { get; }

    /// <summary>The variables it asks for as such (<c>variables.name</c>).</summary>
    internal IReadOnlyList<string> Variables { get; }

    /// <summary>Compiles a text; throws <see cref="ExpressionException"/> where its braces do not fit together.</summary>
    public static TextTemplate Compile(string text, TextEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var template = (encoding == TextEncoding.Html ? HtmlTexts : PlainTexts).Compile(text);
            var inside = Braces().Matches(text).Select(match => Quoted().Replace(match.Value, " ")).ToArray();
            var names = inside.SelectMany(part => Head().Matches(part)).Select(match => match.Value).Where(name => !Words.Contains(name)).Distinct();
            var steps = inside.SelectMany(part => StepName().Matches(part)).Select(match => match.Groups[1].Value).Distinct();
            var variables = inside.SelectMany(part => VariableName().Matches(part)).Select(match => match.Groups[1].Value).Distinct();
            return new TextTemplate(template, [.. names], [.. steps], [.. variables]);
        }
        catch (HandlebarsException exception)
        {
            throw new ExpressionException(new ExpressionProblem($"The text's braces do not fit together: {exception.Message}"), exception);
        }
    }

    /// <summary>The text with values filled in; one that is missing leaves nothing.</summary>
    public string Render(IReadOnlyDictionary<string, object?> values)
    {
        try
        {
            return _template(values);
        }
        catch (HandlebarsException exception)
        {
            throw new ExpressionException(new ExpressionProblem($"The text cannot be filled in: {exception.Message}"), exception);
        }
    }

    /// <summary>A value as texts show it: dictionaries, lists, plain values.</summary>
    internal static object? Plain(CelValue value) => value.Kind switch
    {
        CelKind.Opaque or CelKind.Timestamp or CelKind.Duration => value.ToString(),
        CelKind.List => value.Items.Select(Plain).ToArray(),
        CelKind.Map => value.Map.Entries().ToDictionary(entry => entry.Key.ToString(), entry => Plain(entry.Value)),
        _ => FunctionRegistry.FromCel(value),
    };

    /// <summary>The values a text asks for, and where; none of one that goes through lists or into things, where names mean what is at hand.</summary>
    internal static IEnumerable<(string[] Names, int Position)> PathsIn(string text) => text.Contains("{{#each", StringComparison.Ordinal) || text.Contains("{{#with", StringComparison.Ordinal)
        ? []
        : from part in Braces().Matches(text)
          from path in Path().Matches(Quoted().Replace(part.Value, quoted => new string(' ', quoted.Length)))
          where !Words.Contains(path.Value)
          select (path.Value.Split('.'), part.Index + path.Index + 1);

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"(?<![\w.@/-])[\p{L}_]\w*(\.[\p{L}_]\w*)*(?![\w.-])")]
    private static partial Regex Path();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w.@/-])[\p{L}_]\w*")]
    private static partial Regex Head();

    [GeneratedRegex(@"(?<![\w.])steps\.([\p{L}_][\w-]*)")]
    private static partial Regex StepName();

    [GeneratedRegex(@"(?<![\w.])variables\.([\p{L}_]\w*)")]
    private static partial Regex VariableName();
}

/// <summary>A text filled in with the values of a case.</summary>
internal sealed class TextExpression(string text, TextTemplate template, Func<string, string?> variableId, FunctionRegistry registry) : CompiledExpression
{
    public override IReadOnlyList<string> Roots { get; } = [.. template.Names.Where(name => name is not ("input" or "variables" or "steps") && variableId(name) is null)];

    public override IReadOnlyList<string> Steps => template.Steps;

    /// <summary>A value that is missing leaves nothing in a text, so that it is doubted, not refused.</summary>
    public override IReadOnlyList<ExpressionFinding> Check(ExpressionTypes types, Type? wanted)
    {
        var checker = new CelChecker(types);
        foreach (var (names, position) in TextTemplate.PathsIn(text))
        {
            var type = variableId(names[0]) is { } id ? types.Variable(id) : types.Realms.GetValueOrDefault(names[0]) ?? checker.Root(names[0], position);
            var at = position + names[0].Length + 1;
            foreach (var name in names.Skip(1))
            {
                type = checker.Member(type, name, at);
                at += name.Length + 1;
            }
        }

        return [.. checker.Findings.Select(finding => ExpressionFinding.Of(finding with { IsDoubt = true }, text))];
    }

    public override object? Evaluate(IExpressionScope scope)
    {
        var values = new Dictionary<string, object?>(template.Names.Count);
        foreach (var name in template.Names)
        {
            if (name == "input")
                values[name] = scope.InputsAsSent().ToDictionary(input => input.Key, input => TextTemplate.Plain(registry.ToCel(input.Value)));
            else if (name == "steps")
                values[name] = template.Steps.ToDictionary(step => step, step => TextTemplate.Plain(registry.ToCel(scope.StepOutputs(step))));
            else if (name == "variables")
                values[name] = template.Variables.Where(each => variableId(each) is not null).ToDictionary(each => each, each => TextTemplate.Plain(registry.ToCel(scope.Variable(variableId(each)!))));
            else if (variableId(name) is { } id)
                values[name] = TextTemplate.Plain(registry.ToCel(scope.Variable(id)));
            else if (scope.TryRoot(name, out var root))
                values[name] = TextTemplate.Plain(registry.ToCel(root));
        }

        return template.Render(values);
    }
}
