namespace CentralPay.Workflows.Payments.Imports;

/// <summary>What a column of a file of invoices can hold.</summary>
public enum InvoiceColumn
{
    /// <summary>The invoice's number.</summary>
    Number,

    /// <summary>The customer's number.</summary>
    CustomerNumber,

    /// <summary>The customer's name.</summary>
    CustomerName,

    /// <summary>The customer's e-mail address; a cell may be empty.</summary>
    Email,

    /// <summary>The amount, taxes included.</summary>
    Amount,

    /// <summary>ISO 4217 code; the merchant's currency where it is missing.</summary>
    Currency,

    /// <summary>The day the invoice was issued.</summary>
    IssueDate,

    /// <summary>The last day to pay it.</summary>
    DueDate,

    /// <summary>The customer's language; the merchant's where it is missing.</summary>
    Language,

    /// <summary>What it is for.</summary>
    Description,

    /// <summary>Business or consumer.</summary>
    Segment,

    /// <summary>The scenario of this invoice.</summary>
    Scenario,

    /// <summary>What kind of sale it is.</summary>
    Kind,

    /// <summary>The customer's mobile telephone; a cell may be empty.</summary>
    Phone,

    /// <summary>The customer's country, ISO 3166-1 alpha-2; France where it is missing.</summary>
    Country,
}

/// <summary>How the headings of files are read: for each column the names it goes by, in any spelling of case, accents and punctuation.</summary>
/// <param name="Name">What the profile is called.</param>
/// <param name="Headings">The names of each column, the first one the usual.</param>
public sealed record MappingProfile(string Name, IReadOnlyDictionary<InvoiceColumn, IReadOnlyList<string>> Headings)
{
    /// <summary>Columns that a file must have.</summary>
    public static IReadOnlyList<InvoiceColumn> Required { get; } =
    [
        InvoiceColumn.Number, InvoiceColumn.CustomerNumber, InvoiceColumn.CustomerName, InvoiceColumn.Email,
        InvoiceColumn.Amount, InvoiceColumn.IssueDate, InvoiceColumn.DueDate,
    ];

    /// <summary>French and English headings, as accounting programs write them.</summary>
    public static MappingProfile Standard { get; } = new("standard", new Dictionary<InvoiceColumn, IReadOnlyList<string>>
    {
        [InvoiceColumn.Number] = ["Numéro", "Numéro de facture", "N° facture", "N° de facture", "No facture", "Num facture", "Facture", "Invoice number", "Invoice no", "Invoice", "Number", "Invoice id"],
        [InvoiceColumn.CustomerNumber] = ["Numéro client", "N° client", "Code client", "Num client", "Réf client", "Référence client", "Compte client", "Customer number", "Customer no", "Customer id", "Customer code", "Client number", "Account number"],
        [InvoiceColumn.CustomerName] = ["Nom client", "Nom du client", "Nom", "Client", "Raison sociale", "Dénomination", "Customer name", "Customer", "Name", "Company", "Company name", "Client name"],
        [InvoiceColumn.Email] = ["E-mail", "Mail", "Courriel", "Adresse e-mail", "Adresse mail", "E-mail client", "E-mail address", "Customer e-mail"],
        [InvoiceColumn.Amount] = ["Montant", "Montant TTC", "Total TTC", "TTC", "Montant dû", "Amount", "Total", "Total amount", "Amount due", "Gross amount"],
        [InvoiceColumn.Currency] = ["Devise", "Monnaie", "Code devise", "Currency", "Currency code"],
        [InvoiceColumn.IssueDate] = ["Date d'émission", "Date émission", "Date de facture", "Date facture", "Émise le", "Issue date", "Invoice date", "Date of issue", "Date"],
        [InvoiceColumn.DueDate] = ["Date d'échéance", "Date échéance", "Échéance", "Date limite", "À payer le", "Due date", "Due", "Payment due date"],
        [InvoiceColumn.Language] = ["Langue", "Code langue", "Language", "Lang", "Locale"],
        [InvoiceColumn.Description] = ["Description", "Libellé", "Objet", "Désignation", "Label", "Subject", "Details"],
        [InvoiceColumn.Segment] = ["Segment", "Type client", "Type de client", "Catégorie", "Customer type", "B2B/B2C"],
        [InvoiceColumn.Scenario] = ["Scénario", "Scenario", "Scenario id"],
        [InvoiceColumn.Kind] = ["Nature", "Nature de vente", "Canal", "Étiquette", "Kind", "Invoice kind", "Sales channel", "Tag"],
        [InvoiceColumn.Phone] = ["Téléphone", "Tél", "Tel", "Portable", "Mobile", "Téléphone portable", "Tél portable", "N° de téléphone", "Numéro de téléphone", "Phone", "Phone number", "Mobile phone", "Telephone", "Customer phone"],
        [InvoiceColumn.Country] = ["Pays", "Code pays", "Country", "Country code"],
    });

    /// <summary>The field of a column, as violations and rejects name it (<c>dueDate</c>).</summary>
    public static string FieldOf(InvoiceColumn column)
    {
        var name = column.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
