using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Designer.Tests.Collections;

/// <summary>Where a case is looked at, it stands who changed what in it, when and why.</summary>
public sealed class CaseChangesTests
{
    [Fact]
    public async Task A_corrected_value_says_who_why_and_what_it_was()
    {
        var shown = await ShownAsync(
            [
                Entry(1, "Start", "Completed", null),
                Entry(2, "VariableChanged", "VariableChanged", "Limit changed by Camille Roy: Erreur de saisie", new() { ["variable"] = "\"Limit\"", ["before"] = "1200.5", ["after"] = "1500" }),
                Entry(3, "Paused", "Paused", "Paused by Sam Weber."),
            ],
            [new CaseVariable("Limit", "Decimal", "1500")]);

        Assert.Contains("Limit modifié par Camille Roy\u00A0: Erreur de saisie", shown, StringComparison.Ordinal);
        Assert.Contains("1200,5 → 1500", shown, StringComparison.Ordinal);
        Assert.Equal(2, shown.Split("data-change").Length - 1);
        Assert.True(shown.IndexOf("Mis en pause par Sam Weber.", StringComparison.Ordinal) < shown.IndexOf("Camille Roy", StringComparison.Ordinal), "The newest change does not stand first.");
    }

    [Fact]
    public async Task A_move_to_another_version_is_told_once_however_many_steps_it_took_along()
    {
        const string Moved = "Moved from version 1 to version 2 by Camille Roy: Nouvelle relance";
        var entry = Entry(2, "Migration", "Moved", Moved);

        var shown = await ShownAsync([entry with { Steps = [entry.Steps[0], entry.Steps[0]] }], []);

        Assert.Equal(1, shown.Split("Passé de la version 1 à la version 2 par Camille Roy\u00A0: Nouvelle relance").Length - 1);
    }

    [Fact]
    public async Task A_case_that_nobody_touched_has_no_such_card() => Assert.Equal("", (await ShownAsync([Entry(1, "Start", "Completed", null)], [])).Trim());

    private static Task<string> ShownAsync(IReadOnlyList<JournalEntry> journal, IReadOnlyList<CaseVariable> variables) =>
        Rendered.AsAsync<CaseChanges>("fr", new() { [nameof(CaseChanges.Journal)] = journal, [nameof(CaseChanges.Variables)] = variables });

    private static JournalEntry Entry(long revision, string cause, string what, string? message, Dictionary<string, string?>? values = null) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Guid.Empty,
        CaseId = Guid.Empty,
        Revision = revision,
        At = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        Cause = cause,
        Steps = [new StepRecord { NodeId = "", ActivityType = "", ActivityInstanceId = "", What = what, Message = message, Values = values ?? [] }],
    };
}
