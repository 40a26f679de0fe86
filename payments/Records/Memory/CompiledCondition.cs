using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.InteropServices;

namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>
/// Conditions over rows in memory, compiled once for each place in the code that asks them: the place makes its expression
/// anew each time, only what it captured differs.
/// </summary>
internal static class CompiledCondition<T>
{
    private static readonly ConcurrentDictionary<Shape, Func<T, object?[], bool>> compiled = new();

    // Conditions are asked for by the million: what reads them is used again.
    [ThreadStatic]
    private static ShapeReading? idle;

    /// <summary>The condition as a function.</summary>
    public static Func<T, bool> Of(Expression<Func<T, bool>> where)
    {
        var reading = idle ?? new ShapeReading();
        idle = null;
        reading.Visit(where.Body);
        var captured = reading.Captured.ToArray();
        if (!compiled.TryGetValue(new Shape(reading.Atoms), out var holds))
        {
            holds = compiled.GetOrAdd(new Shape([.. reading.Atoms]), static (_, condition) => Compile(condition), where);
        }

        reading.Clear();
        idle = reading;
        return row => holds(row, captured);
    }

    private static Func<T, object?[], bool> Compile(Expression<Func<T, bool>> where)
    {
        var captured = Expression.Parameter(typeof(object?[]), "captured");
        return Expression.Lambda<Func<T, object?[], bool>>(new Handing(captured).Visit(where.Body), where.Parameters[0], captured).Compile();
    }

    /// <summary>What an expression is made of but for its constants, in the order they are visited.</summary>
    private sealed class ShapeReading : ExpressionVisitor
    {
        private static readonly object[] Kinds = [.. Enum.GetValues<ExpressionType>().Order().Cast<object>()];

        public List<object> Atoms { get; } = [];

        public List<object?> Captured { get; } = [];

        public void Clear()
        {
            Atoms.Clear();
            Captured.Clear();
        }

        public override Expression? Visit(Expression? node)
        {
            if (node is not null)
            {
                Atoms.Add(Kinds[(int)node.NodeType]);
                Atoms.Add(node.Type);
            }

            return base.Visit(node);
        }

        protected override Expression VisitConstant(ConstantExpression node)
        {
            Captured.Add(node.Value);
            return node;
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            Atoms.Add(node.Member);
            return base.VisitMember(node);
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            Atoms.Add(node.Method);
            return base.VisitMethodCall(node);
        }

        protected override Expression VisitNew(NewExpression node)
        {
            Atoms.Add((MemberInfo?)node.Constructor ?? node.Type);
            return base.VisitNew(node);
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Atoms.Add(node.Name ?? "");
            return node;
        }
    }

    /// <summary>Takes constants from what is handed in.</summary>
    private sealed class Handing(ParameterExpression captured) : ExpressionVisitor
    {
        private int next;

        protected override Expression VisitConstant(ConstantExpression node) =>
            Expression.Convert(Expression.ArrayIndex(captured, Expression.Constant(next++)), node.Type);
    }

    private sealed class Shape(List<object> atoms) : IEquatable<Shape>
    {
        private readonly int hash = HashOf(atoms);

        public bool Equals(Shape? other) => other is not null && hash == other.hash && CollectionsMarshal.AsSpan(atoms).SequenceEqual(CollectionsMarshal.AsSpan(other.Atoms));

        public override bool Equals(object? obj) => Equals(obj as Shape);

        public override int GetHashCode() => hash;

        private List<object> Atoms => atoms;

        private static int HashOf(List<object> atoms)
        {
            var sum = new HashCode();
            foreach (var atom in atoms)
            {
                sum.Add(atom);
            }

            return sum.ToHashCode();
        }
    }
}
