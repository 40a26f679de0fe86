using System.Text;
using System.Xml;
using System.Xml.Linq;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>
/// Reads XML of strangers, a part at a time: no document type (so no entities, no bombs, nothing fetched), bounded in depth and
/// elements. Names come without their namespace: versions and banks differ in it, not in what they mean.
/// </summary>
internal static class XmlParts
{
    private const int MaxName = 200;

    private static readonly byte[][] Doctypes = [Encoding.UTF8.GetBytes("<!DOCTYPE"), Encoding.Unicode.GetBytes("<!DOCTYPE"), Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE")];

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = StatementLimits.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads with a reader of the content; throws <see cref="RuleViolationException"/> on the field <c>file</c> for what is no XML, or no safe one.</summary>
    internal static T Read<T>(ReadOnlyMemory<byte> content, Func<XmlReader, T> read)
    {
        try
        {
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            return read(reader);
        }
        catch (XmlException) when (Doctypes.Any(doctype => content.Span.IndexOf(doctype) >= 0))
        {
            throw RuleViolationException.Of("file", RuleCodes.FileDoctype);
        }
        catch (XmlException broken)
        {
            throw RuleViolationException.Of("file", RuleCodes.FileNotXml, ("line", $"{broken.LineNumber}"), ("column", $"{broken.LinePosition}"));
        }
    }

    /// <summary>The children of the element the reader stands on, one at a time; what is not read is skipped.</summary>
    internal static IEnumerable<string> Children(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            yield break;
        }

        var depth = reader.Depth;
        RefuseDeep(depth);
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
                continue;
            }

            var (position, name) = (Position(reader), reader.LocalName);
            yield return name;
            if (Position(reader) == position && reader.NodeType == XmlNodeType.Element)
            {
                Skip(reader);
            }
        }

        reader.Read();
    }

    /// <summary>The element the reader stands on with all in it, names without namespace.</summary>
    internal static XElement Element(XmlReader reader)
    {
        var root = Named(reader);
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return root;
        }

        var (depth, count, current) = (reader.Depth, 1, root);
        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    RefuseDeep(reader.Depth);
                    RefuseMany(++count);
                    var child = Named(reader);
                    current.Add(child);
                    current = reader.IsEmptyElement ? current : child;
                    break;
                case XmlNodeType.EndElement:
                    current = current.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    current.Add(new XText(reader.Value));
                    break;
                default:
                    break;
            }
        }

        reader.Read();
        return root;
    }

    private static void Skip(XmlReader reader)
    {
        var depth = reader.Depth;
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        while (reader.Read() && reader.Depth > depth)
        {
            RefuseDeep(reader.Depth);
        }

        reader.Read();
    }

    private static XElement Named(XmlReader reader)
    {
        var name = reader.LocalName;
        var element = new XElement(name.Length > MaxName ? name[..MaxName] : name);
        if (reader.GetAttribute("Ccy") is { } currency)
        {
            element.SetAttributeValue("Ccy", currency);
        }

        return element;
    }

    private static (int Line, int Column) Position(XmlReader reader)
    {
        var at = (IXmlLineInfo)reader;
        return (at.LineNumber, at.LinePosition);
    }

    private static void RefuseDeep(int depth)
    {
        if (depth > StatementLimits.MaxDepth)
        {
            throw RuleViolationException.Of("file", RuleCodes.FileTooDeep, ("limit", $"{StatementLimits.MaxDepth}"));
        }
    }

    private static void RefuseMany(int elements)
    {
        if (elements > StatementLimits.MaxElements)
        {
            throw RuleViolationException.Of("file", RuleCodes.StatementTooLarge, ("limit", $"{StatementLimits.MaxElements}"));
        }
    }
}
