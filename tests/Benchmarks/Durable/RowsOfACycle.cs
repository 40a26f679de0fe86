using CentralPay.Workflows.Benchmarks.Databases;

namespace CentralPay.Workflows.Benchmarks.Durable;

/// <summary>What the engine keeps for a cycle, taken from one that it ran: so that the rows by hand are as long as its own.</summary>
internal sealed record RowsOfACycle
{
    public required byte[] State { get; init; }

    public required string StartSteps { get; init; }

    public required string ResumeSteps { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    /// <summary>Reads a case's rows. A finished case keeps no state, so that of the wait is given.</summary>
    public static async Task<RowsOfACycle> ReadAsync(House house, Guid caseId)
    {
        await using var connection = await house.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT cases.definition_id, cases.definition_version_id, journal.steps FROM journal JOIN cases ON cases.merchant_id = journal.merchant_id AND cases.id = journal.case_id
            WHERE journal.merchant_id = @merchant AND journal.case_id = @case ORDER BY journal.revision
            """;
        Add("merchant", house.MerchantId);
        Add("case", caseId);
        await using var rows = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        var (definition, version) = ("", "");
        while (await rows.ReadAsync())
        {
            (definition, version) = (rows.GetString(0), rows.GetString(1));
            steps.Add(rows.GetString(2));
        }

        // Filled with what does not repeat, as a state does not.
        var state = new byte[house.Milestones.WaitingStateBytes];
        new Random(1).NextBytes(state);
        return new RowsOfACycle { State = state, StartSteps = steps[0], ResumeSteps = steps[1], DefinitionId = definition, DefinitionVersionId = version };

        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }
}
