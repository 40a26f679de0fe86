namespace CentralPay.Workflows.Payments.Access;

/// <summary>What an actor may do; people get permissions by role, API keys by scope.</summary>
public static class Permissions
{
    /// <summary>See everything of the merchant but its secrets.</summary>
    public const string Read = "read";

    /// <summary>Bring invoices in.</summary>
    public const string ImportInvoices = "invoices.import";

    /// <summary>Work tasks, promises, cases.</summary>
    public const string WorkTasks = "tasks.work";

    /// <summary>Decide transfers.</summary>
    public const string DecideTransfers = "transfers.decide";

    /// <summary>Bring bank statements in.</summary>
    public const string ImportStatements = "statements.import";

    /// <summary>Draw and publish scenarios.</summary>
    public const string DrawScenarios = "scenarios.draw";

    /// <summary>Keep beneficiaries, propose payouts, give them up.</summary>
    public const string ProposePayouts = "payouts.propose";

    /// <summary>Sign payouts and scenario changes.</summary>
    public const string Approve = "approve";

    /// <summary>Make API keys, webhook endpoints, activities.</summary>
    public const string Integrate = "integrate";

    /// <summary>Change the merchant's settings and people.</summary>
    public const string Administer = "administer";

    /// <summary>All permissions.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Read, ImportInvoices, WorkTasks, DecideTransfers, ImportStatements, DrawScenarios, ProposePayouts, Approve, Integrate, Administer];

    /// <summary>The permissions of each role.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> OfRole { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Roles.Viewer] = [Read],
        [Roles.Agent] = [Read, WorkTasks, DecideTransfers, ImportStatements],
        [Roles.FinanceManager] = [Read, ImportInvoices, WorkTasks, DecideTransfers, ImportStatements, DrawScenarios, ProposePayouts],
        [Roles.Approver] = [Read, Approve],
        [Roles.Integrator] = [Read, ImportInvoices, ImportStatements, Integrate],
        [Roles.Administrator] = All,
    };
}

/// <summary>The roles of people.</summary>
public static class Roles
{
    /// <summary>Sees.</summary>
    public const string Viewer = "Viewer";

    /// <summary>Works tasks and transfers.</summary>
    public const string Agent = "Agent";

    /// <summary>Draws scenarios, imports, tunes.</summary>
    public const string FinanceManager = "FinanceManager";

    /// <summary>Signs.</summary>
    public const string Approver = "Approver";

    /// <summary>Connects machines.</summary>
    public const string Integrator = "Integrator";

    /// <summary>Everything, people included.</summary>
    public const string Administrator = "Administrator";
}
