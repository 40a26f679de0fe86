namespace CentralPay.Workflows.Designer.Overview;

/// <summary>One day of a week's sparkline.</summary>
/// <param name="Value">How high; below zero counts as zero.</param>
/// <param name="Words">The day and its value, for who points at it or listens.</param>
public sealed record SparkBar(long Value, string Words);
