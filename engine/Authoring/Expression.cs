namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>How a value is got: a kind (<c>Literal</c>, <c>Variable</c>, <c>Object</c>, <c>CEL</c>, <c>Handlebars</c>) and its text or value.</summary>
/// <param name="Type">The kind of expression.</param>
/// <param name="Value">Its text, or the literal itself.</param>
public sealed record Expression(string Type, object? Value)
{
    /// <summary>A value as it stands.</summary>
    public static Expression LiteralExpression(object? value) => new("Literal", value);
}
