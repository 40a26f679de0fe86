using System.Globalization;
using System.Text;
using CentralPay.Workflows.Payments.Rules;
using CsvHelper;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>One row of the file: its cells by column, and the line it begins on.</summary>
internal sealed record FileRow(int Line, IReadOnlyDictionary<InvoiceColumn, string> Cells, RuleViolation? Broken);

/// <summary>A file of invoices, taken apart into rows by the headings of a profile.</summary>
internal sealed class InvoiceFile
{
    private static readonly char[] Separators = [';', ',', '\t'];

    private InvoiceFile(FileText text, char separator, IReadOnlyDictionary<InvoiceColumn, string> headings, IReadOnlyList<FileRow> rows)
    {
        Encoding = text.Encoding;
        Separator = separator;
        Headings = headings;
        Rows = rows;
    }

    internal string Encoding { get; }

    internal char Separator { get; }

    /// <summary>The file's own heading of each column that was found.</summary>
    internal IReadOnlyDictionary<InvoiceColumn, string> Headings { get; }

    internal IReadOnlyList<FileRow> Rows { get; }

    /// <summary>Reads a file; throws <see cref="RuleViolationException"/> on the field <c>file</c> when it cannot be read as a whole.</summary>
    internal static InvoiceFile Read(ReadOnlySpan<byte> content, MappingProfile profile)
    {
        var text = FileText.Read(content);
        var lines = WithoutSeparatorLine(text.Text, out var declared);
        var separator = declared ?? Separators.MaxBy(candidate => Recognised(lines, candidate, profile));
        var broken = new Broken();
        using var reader = ReaderOf(lines, separator, broken.Note);
        if (!Next(reader))
        {
            throw RuleViolationException.Of("file", RuleCodes.FileEmpty);
        }

        var header = reader.Current.ToArray();
        var columns = ColumnsOf(header, profile);
        RefuseMissing(columns);
        var rows = RowsOf(reader, broken, columns, header.Length, declared is null ? 0 : 1);
        return rows.Count == 0
            ? throw RuleViolationException.Of("file", RuleCodes.FileNoRows)
            : new InvoiceFile(text, separator, columns.ToDictionary(column => column.Key, column => header[column.Value].Trim()), rows);
    }

    /// <summary>Excel may write <c>sep=;</c> before the headings.</summary>
    private static string WithoutSeparatorLine(string text, out char? separator)
    {
        separator = null;
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && text.IndexOf('\n', StringComparison.Ordinal) is > 4 and var end)
        {
            separator = text[4];
            return text[(end + 1)..];
        }

        return text;
    }

    private static int Recognised(string text, char separator, MappingProfile profile)
    {
        using var reader = ReaderOf(text, separator, null);
        return Next(reader) ? reader.Current.ToArray().Count(heading => ColumnOf(heading, profile) is not null) : 0;
    }

    private static Dictionary<InvoiceColumn, int> ColumnsOf(string[] header, MappingProfile profile)
    {
        var columns = new Dictionary<InvoiceColumn, int>();
        for (var index = 0; index < header.Length; index++)
        {
            if (ColumnOf(header[index], profile) is { } column && !columns.TryAdd(column, index))
            {
                throw RuleViolationException.Of("file", RuleCodes.FileColumnTwice, ("column", header[index].Trim()));
            }
        }

        return columns;
    }

    private static InvoiceColumn? ColumnOf(string heading, MappingProfile profile)
    {
        var wanted = Simplified(heading);
        foreach (var (column, names) in profile.Headings)
        {
            if (wanted.Length > 0 && names.Any(name => Simplified(name) == wanted))
            {
                return column;
            }
        }

        return null;
    }

    internal static string Simplified(string heading) => new([.. heading.Normalize(NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && char.IsAsciiLetterOrDigit(letter))
        .Select(char.ToLowerInvariant)]);

    private static void RefuseMissing(Dictionary<InvoiceColumn, int> columns)
    {
        var missing = MappingProfile.Required.Where(column => !columns.ContainsKey(column)).Select(MappingProfile.FieldOf).ToArray();
        if (missing.Length > 0)
        {
            throw RuleViolationException.Of("file", RuleCodes.FileColumnsMissing, ("columns", string.Join(", ", missing)));
        }
    }

    private static List<FileRow> RowsOf(CsvReader reader, Broken broken, Dictionary<InvoiceColumn, int> columns, int width, int linesBefore)
    {
        var rows = new List<FileRow>();
        while (Next(reader))
        {
            if (rows.Count == ImportLimits.MaxRows)
            {
                throw RuleViolationException.Of("file", RuleCodes.FileTooManyRows, ("limit", ImportLimits.MaxRows.ToString(CultureInfo.InvariantCulture)));
            }

            var cells = reader.Current.ToArray();
            if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
            {
                var line = (int)reader.LineNumber + linesBefore;
                rows.Add(RowOf(line, cells, columns, width, broken.Take(line)));
            }
        }

        return rows;
    }

    private static FileRow RowOf(int line, string[] cells, Dictionary<InvoiceColumn, int> columns, int width, bool isBroken)
    {
        if (isBroken)
        {
            return new FileRow(line, new Dictionary<InvoiceColumn, string>(), RuleViolation.Of("row", RuleCodes.RowUnreadable));
        }

        return cells.Length != width
            ? new FileRow(line, new Dictionary<InvoiceColumn, string>(), RuleViolation.Of("row", RuleCodes.RowColumns, ("expected", $"{width}"), ("found", $"{cells.Length}")))
            : new FileRow(line, columns.ToDictionary(column => column.Key, column => cells[column.Value]), null);
    }

    private static bool Next(CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException tooLong)
        {
            throw RuleViolationException.Of("file", RuleCodes.FileQuoteOpen, ("line", tooLong.LineNumber.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static CsvReader ReaderOf(string text, char separator, Action<CsvMalformedRecord>? onMalformed) => CsvReader.FromText(text, new CsvReaderOptions
    {
        Separator = separator,
        HasHeader = false,
        TrackLineNumbers = true,
        MaxRecordSize = ImportLimits.MaxRowBytes,
        OnMalformedRecord = onMalformed,
    });

    /// <summary>Whether the row that was just read has a quotation mark out of place.</summary>
    private sealed class Broken
    {
        private bool isBroken;
        private bool isNeverClosed;

        internal void Note(CsvMalformedRecord record) =>
            (isBroken, isNeverClosed) = (true, isNeverClosed || record.Reason == CsvMalformedReason.UnterminatedQuote);

        /// <summary>Answers for the row, and throws when its quotation mark swallows the rest of the file.</summary>
        internal bool Take(int line)
        {
            if (isNeverClosed)
            {
                throw RuleViolationException.Of("file", RuleCodes.FileQuoteOpen, ("line", line.ToString(CultureInfo.InvariantCulture)));
            }

            return (isBroken, isBroken = false).Item1;
        }
    }
}
