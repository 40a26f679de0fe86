using System.Globalization;
using CentralPay.Workflows.Designer.Scenarios.Comparing;
using CentralPay.Workflows.Designer.Scenarios.Importing;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>
/// Where people and machines work on scenarios: pages and the API use it alike. Checks the permission, writes the audit entry
/// into the same commit, and leaves the rest to the engine's library. Scoped to a merchant.
/// </summary>
public sealed class ScenarioDesk(ScenarioLibrary library, ChangeSentences sentences, ImportInspection inspection, IMerchantRecords records, AuditLog audit, ICurrentActor current)
{
    private const string SubjectPrefix = "scenario:";
    private const int MostNoteCharacters = 500;

    /// <summary>The newest version of every scenario.</summary>
    public ValueTask<IReadOnlyList<ScenarioVersion>> ListAsync(CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return library.ListAsync(cancellationToken);
    }

    /// <summary>All versions of a scenario, newest first; none where there is no such scenario.</summary>
    public ValueTask<IReadOnlyList<ScenarioVersion>> VersionsAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return library.VersionsAsync(definitionId, cancellationToken);
    }

    /// <summary>A version of a scenario, its newest where none is named; null where there is none.</summary>
    public ValueTask<ScenarioVersion?> GetAsync(string definitionId, int? version = null, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return library.GetAsync(definitionId, version, cancellationToken);
    }

    /// <summary>What is wrong with a definition.</summary>
    public ValueTask<IReadOnlyList<DefinitionProblem>> ValidateAsync(string json, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return library.ValidateAsync(json, cancellationToken);
    }

    /// <summary>Saves a draft of the scenario that the definition names; the revision is that of the version that was opened, 0 for a new scenario.</summary>
    /// <exception cref="ScenarioProblemsException">The text is no scenario.</exception>
    /// <exception cref="RuleViolationException">Its name, or the identity of a new one, is none that a scenario may have.</exception>
    /// <exception cref="Engine.Runtime.RevisionConflictException">Somebody else saved first.</exception>
    public async Task<ScenarioVersion> SaveDraftAsync(string definitionId, string json, long expectedRevision, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DrawScenarios);
        await CheckNamesAsync(json, "definition.", cancellationToken);
        Draw("scenario.saved", definitionId, new { expectedRevision });
        return await library.SaveDraftAsync(json, expectedRevision, current.Actor.Name, cancellationToken);
    }

    /// <summary>A new scenario, as a draft: a copy of one that is there, or an empty drawing.</summary>
    /// <param name="name">What it is called; 1 to 100 characters.</param>
    /// <param name="from">The scenario to copy; null for an empty drawing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="RuleViolationException">The name is missing, too long, or holds what no name may.</exception>
    /// <exception cref="ScenarioNotFoundException">There is no scenario to copy.</exception>
    public async Task<ScenarioVersion> CreateAsync(string name, string? from, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DrawScenarios);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw RuleViolationException.Of("name", RuleCodes.Required);
        }

        TextRules.Check("name", name, ScenarioNaming.MostNameCharacters);
        var definition = ScenarioDrawing.Empty(Guid.CreateVersion7().ToString("N"), name.Trim());
        if (from is not null)
        {
            var copied = await library.GetAsync(from, null, cancellationToken) ?? throw new ScenarioNotFoundException($"There is no scenario {from}.");
            definition = ScenarioReader.Read(copied.Json) with { DefinitionId = definition.DefinitionId, Name = definition.Name };
        }

        Draw("scenario.created", definition.DefinitionId, new { name, from });
        return await library.SaveDraftAsync(ScenarioWriter.Write(definition), 0, current.Actor.Name, cancellationToken);
    }

    /// <summary>Changes one setting of one step, as a draft.</summary>
    /// <exception cref="ScenarioProblemsException">The value breaks a rule of the setting.</exception>
    /// <exception cref="Engine.Runtime.RevisionConflictException">Somebody else saved first.</exception>
    public Task<ScenarioVersion> ChangeInputAsync(
        string definitionId, string stepId, string inputName, Expression expression, long expectedRevision, CancellationToken cancellationToken = default)
    {
        Draw("scenario.input-changed", definitionId, new { stepId, inputName });
        return library.ChangeInputAsync(definitionId, stepId, inputName, expression, expectedRevision, current.Actor.Name, cancellationToken);
    }

    /// <summary>Puts steps elsewhere on the canvas; never a new version.</summary>
    /// <exception cref="Engine.Runtime.RevisionConflictException">Somebody else saved first.</exception>
    public Task<ScenarioVersion> ArrangeAsync(
        string definitionId, IReadOnlyDictionary<string, CanvasPosition> places, long expectedRevision, CancellationToken cancellationToken = default)
    {
        Draw("scenario.arranged", definitionId, new { steps = places?.Count ?? 0 });
        return library.ArrangeAsync(definitionId, places!, expectedRevision, cancellationToken);
    }

    /// <summary>What one version does otherwise than another.</summary>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="from">The version to begin with; null for the one in service, else the one before.</param>
    /// <param name="to">The version that changes it; null for the newest.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The two and what changes; null where there is no such version.</returns>
    public async Task<ScenarioVersionsCompared?> CompareAsync(string definitionId, int? from, int? to, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var versions = await library.VersionsAsync(definitionId, cancellationToken);
        var later = versions.FirstOrDefault(version => to is null ? version.IsLatest : version.Version == to);
        var earlier = from is null
            ? versions.FirstOrDefault(version => version.IsPublished && version.Id != later?.Id) ?? versions.FirstOrDefault(version => version.Version < later?.Version)
            : versions.FirstOrDefault(version => version.Version == from);
        if (later is null || earlier is null)
        {
            return null;
        }

        var (before, after) = (ScenarioReader.Read(earlier.Json), ScenarioReader.Read(later.Json));
        var changes = ScenarioComparison.Between(before, after);
        return new ScenarioVersionsCompared(earlier, later, changes, sentences.Of(changes, before, after));
    }

    /// <summary>Publishes the newest version: new cases run on it.</summary>
    /// <exception cref="RuleViolationException">The note is longer than 500 characters, blank ones among them, or holds a card number.</exception>
    /// <exception cref="ScenarioProblemsException">It has errors.</exception>
    /// <exception cref="Engine.Runtime.RevisionConflictException">Somebody else saved first.</exception>
    public Task<ScenarioVersion> PublishAsync(string definitionId, long expectedRevision, string? note, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DrawScenarios);
        if (note?.Length > MostNoteCharacters)
        {
            throw RuleViolationException.Of("note", RuleCodes.TooLong, ("limit", MostNoteCharacters.ToString(CultureInfo.InvariantCulture)));
        }

        note = string.IsNullOrWhiteSpace(note) ? null : note;
        if (note is not null)
        {
            TextRules.Check("note", note, MostNoteCharacters);
        }

        Draw("scenario.published", definitionId, new { expectedRevision, note });
        return library.PublishAsync(definitionId, expectedRevision, note, current.Actor.Name, FourEyes.IdentitiesOf(current.Actor), cancellationToken);
    }

    /// <summary>Makes the scenario the one that new invoices take when neither invoice nor customer names another.</summary>
    /// <exception cref="RuleViolationException">No version of it is published.</exception>
    public async Task MakeDefaultAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        Draw("scenario.default", definitionId, new { });
        if (!(await library.VersionsAsync(definitionId, cancellationToken)).Any(version => version.IsPublished))
        {
            throw RuleViolationException.Of("scenario", RuleCodes.ScenarioNotPublished);
        }

        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken)
            ?? throw new InvalidOperationException($"The merchant {records.MerchantId} does not exist.");
        records.Update(merchant with { DefaultScenarioId = definitionId });
        await records.CommitAsync(cancellationToken);
    }

    /// <summary>Lets no new case start on the scenario; running ones go on.</summary>
    /// <exception cref="ScenarioNotFoundException">No version of it is published.</exception>
    /// <exception cref="Engine.Runtime.RevisionConflictException">Somebody else changed the published version first.</exception>
    public Task<ScenarioVersion> RetractAsync(string definitionId, long expectedRevision, CancellationToken cancellationToken = default)
    {
        Draw("scenario.retracted", definitionId, new { expectedRevision });
        return library.RetractAsync(definitionId, expectedRevision, cancellationToken);
    }

    /// <summary>Brings an earlier version back as a draft of its own; the revision is that of the newest version.</summary>
    /// <exception cref="ScenarioNotFoundException">There is no such version.</exception>
    /// <exception cref="Engine.Runtime.RevisionConflictException">Somebody else changed the newest version first.</exception>
    public Task<ScenarioVersion> RevertAsync(string definitionId, int version, long expectedRevision, CancellationToken cancellationToken = default)
    {
        Draw("scenario.reverted", definitionId, new { version, expectedRevision });
        return library.RevertAsync(definitionId, version, expectedRevision, current.Actor.Name, cancellationToken);
    }

    /// <summary>Takes a definition from a file, as the next draft of its scenario or as a new one, and says what of it cannot run.</summary>
    /// <exception cref="ScenarioProblemsException">The text is no scenario.</exception>
    /// <exception cref="RuleViolationException">Its name, or the identity of a new one, is none that a scenario may have.</exception>
    public async Task<ImportedScenario> ImportAsync(string json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        current.Actor.Require(Permissions.DrawScenarios);
        await CheckNamesAsync(json, "", cancellationToken);
        Draw("scenario.imported", SubjectOf(json), new { characters = json.Length });
        var draft = await library.ImportAsync(json, current.Actor.Name, cancellationToken);
        return new ImportedScenario(draft, inspection.Of(ScenarioReader.Read(draft.Json)));
    }

    /// <summary>A version as a file that Elsa reads too.</summary>
    /// <exception cref="ScenarioNotFoundException">There is no such scenario or version.</exception>
    public Task<string> ExportAsync(string definitionId, int? version = null, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return library.ExportAsync(definitionId, version, cancellationToken);
    }

    private async Task CheckNamesAsync(string json, string place, CancellationToken cancellationToken)
    {
        // What is no scenario the library refuses, and says where.
        if (ScenarioReader.ReadOrNull(json) is not { } definition)
        {
            return;
        }

        var kept = definition.DefinitionId.Length == 0 ? null : await library.GetAsync(definition.DefinitionId, null, cancellationToken);
        if (ScenarioNaming.Broken(definition, kept, place) is { Count: > 0 } broken)
        {
            throw new RuleViolationException(broken);
        }
    }

    // What names no scenario, or is none, stands in the audit as the file it came in.
    private static string SubjectOf(string json) => ScenarioReader.ReadOrNull(json)?.DefinitionId is { Length: > 0 } named ? named : "file";

    // The entry waits in the unit of work: it is committed with the change, or not at all.
    private void Draw(string action, string subject, object details)
    {
        current.Actor.Require(Permissions.DrawScenarios);
        audit.Write(action, SubjectPrefix + subject, details);
    }
}
