namespace CentralPay.Workflows.Storage.Writing;

/// <summary>Statements of a commit that say the same of different rows, as one: half of what a short statement costs is its being a statement.</summary>
internal sealed class JoinedStatement
{
    private readonly List<Statement> parts;

    private JoinedStatement(Statement first) => parts = [first];

    /// <summary>What it was made of.</summary>
    public IReadOnlyList<Statement> Parts => parts;

    public Statement First => parts[0];

    /// <summary>Whether it says more than one statement's words.</summary>
    public bool IsMany => parts.Count > 1;

    /// <summary>
    /// Joins what can be joined. On each table the statements keep their order among those that differ: one joins another
    /// only where nothing else was to be done to the table in between.
    /// </summary>
    public static IReadOnlyList<JoinedStatement> Join(IReadOnlyList<Statement> statements)
    {
        var joined = new List<JoinedStatement>(statements.Count);
        var last = new Dictionary<string, JoinedStatement>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (statement.Text.Many is not null && last.TryGetValue(statement.Table, out var before) && before.First.Text == statement.Text)
            {
                before.parts.Add(statement);
                continue;
            }

            joined.Add(last[statement.Table] = new JoinedStatement(statement));
        }

        return joined;
    }

    /// <summary>Each statement by itself.</summary>
    public static IReadOnlyList<JoinedStatement> Apart(IReadOnlyList<Statement> statements) => [.. statements.Select(statement => new JoinedStatement(statement))];

    /// <summary>For each parameter the values of all its statements; of one alone just its values.</summary>
    public SqlValue[] Values()
    {
        if (!IsMany)
        {
            return First.Values;
        }

        var values = new SqlValue[First.Values.Length];
        for (var place = 0; place < values.Length; place++)
        {
            var list = new object?[parts.Count];
            for (var part = 0; part < list.Length; part++)
            {
                list[part] = parts[part].Values[place].Value;
            }

            values[place] = new SqlValue(list, First.Values[place].Type) { IsList = true };
        }

        return values;
    }
}

/// <summary>A joined statement did not do what each of its parts must; which of them is told by writing them apart.</summary>
internal sealed class JoinedStatementFailedException(string table, Exception failure)
    : Exception($"Several statements on {table} failed as one.", failure);
