namespace CentralPay.Workflows.Designer.Shell;

/// <summary>A page of the back office that people go to by name: the navigation and the search know the same ones.</summary>
/// <param name="Key">What its words stand under: <c>nav.{Key}</c>.</param>
/// <param name="Href">Its address.</param>
/// <param name="Icon">The Material Symbol.</param>
public sealed record Place(string Key, string Href, string Icon)
{
    /// <summary>The places of the navigation, in its order.</summary>
    public static IReadOnlyList<Place> Main { get; } =
    [
        new("overview", "/", "space_dashboard"),
        new("collections", "/collections", "receipt_long"),
        new("customers", "/customers", "group"),
        new("payments", "/payments", "payments"),
        new("scenarios", "/scenarios", "account_tree"),
        new("transfers", "/transfers", "sync_alt"),
        new("payouts", "/payouts", "account_balance_wallet"),
        new("tasks", "/tasks", "task_alt"),
        new("messages", "/messages", "mail"),
        new("imports", "/imports", "upload_file"),
        new("settings", "/settings", "settings"),
    ];
}
