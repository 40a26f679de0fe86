using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>A function of the registry, as it was registered.</summary>
internal sealed record RegisteredFunction(string Name, CelSignature Signature, CelFunction Function);

/// <summary>A call of a function.</summary>
internal sealed class CelCall(int position, RegisteredFunction called, CelNode[] arguments) : CelNode(position)
{
    private const int MostOnStack = 3;

    public static CelNode Of(int position, RegisteredFunction called, CelNode[] arguments)
    {
        var call = new CelCall(position, called, arguments);

        // What is said to be of no known type stays so for the check.
        return called.Signature.Changes || called.Signature.Result.IsDyn ? call : Folded(call, arguments);
    }

    public override CelValue Evaluate(IExpressionScope scope)
    {
        var few = default(FewValues);
        var values = arguments.Length <= MostOnStack ? ((Span<CelValue>)few)[..arguments.Length] : new CelValue[arguments.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = arguments[index].Evaluate(scope);
            if (values[index].IsError)
                return values[index];
            if (!CelBudget.TryTake(values[index]))
                return CelBudget.Error!.Value.At(Position);
        }

        return Call(values);
    }

    public override CelType Check(CelChecker checker)
    {
        var (signature, fits) = (called.Signature, true);
        for (var index = 0; index < arguments.Length; index++)
        {
            var (type, wanted) = (arguments[index].Check(checker), signature.Parameters[index]);
            if (type.Fits(wanted))
                continue;
            fits = false;
            checker.Report(ProblemCodes.Argument, arguments[index].Position, called.Name, wanted.Name, type.Name);
        }

        // A call of written values that could not be worked out when it was parsed has no value in any case.
        if (fits && !signature.Changes && Array.TrueForAll(arguments, argument => argument is CelLiteral)
            && Call([.. arguments.Select(argument => ((CelLiteral)argument).Value)]) is { IsError: true } never)
            checker.Report(ProblemCodes.NoValue, Position, never.Text);
        return signature.Result;
    }

    private CelValue Call(ReadOnlySpan<CelValue> values)
    {
        try
        {
            return called.Function(values).At(Position);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidOperationException or RegexMatchTimeoutException)
        {
            return CelValue.Error(exception is OverflowException or ArgumentOutOfRangeException ? CelOperators.TooLarge : exception.Message).At(Position);
        }
    }

    [InlineArray(MostOnStack)]
    private struct FewValues
    {
        private CelValue _first;
    }
}
