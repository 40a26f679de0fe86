using System.Text;

namespace CentralPay.Workflows.Payments.Tests.Imports;

/// <summary>Files of invoices made for a test.</summary>
internal static class Files
{
    public const string Heading = "Numéro;Numéro client;Nom client;E-mail;Montant TTC;Devise;Date d'émission;Date d'échéance;Langue;Description;Segment";

    public static string Row(
        string number = "F-1", string customer = "C-1", string name = "Dupont SARL", string email = "compta@dupont.example.test", string amount = "1 234,56", string currency = "EUR",
        string issued = "01/10/2026", string due = "31/10/2026", string language = "fr", string description = "Lampes", string segment = "B2B") =>
        string.Join(';', number, customer, name, email, amount, currency, issued, due, language, description, segment);

    public static byte[] Of(params string[] rows) => Encoding.UTF8.GetBytes(Text(rows));

    public static string Text(params string[] rows) => string.Join("\r\n", [Heading, .. rows]) + "\r\n";

    public static byte[] Sample => File.ReadAllBytes(Path.Combine(Root, "samples", "invoices.csv"));

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "CentralPay.Workflows.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The repository's root is not above the tests.");
            }

            return folder.FullName;
        }
    }
}
