using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Architecture.Tests;

public sealed partial class HouseTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["engine"] = [],
        ["payments"] = [],
        ["activities"] = ["engine", "payments", "ElsaSurface"],
        ["storage"] = ["activities", "engine", "payments"],
        ["designer"] = ["activities", "engine", "payments"],
        ["server"] = ["designer", "storage", "activities", "engine", "payments"],
        ["sandbox"] = [],
    };

    [Theory]
    [MemberData(nameof(AllParts))]
    public void Arrows_only_go_down(string part)
    {
        var upward = Repository.References(part).Except(MayReference[part]);

        Assert.Empty(upward);
    }

    [Fact]
    public void The_kernel_and_the_domain_know_neither_each_other_nor_a_database_nor_the_web()
    {
        string[] foreign = ["Microsoft.EntityFrameworkCore", "Npgsql", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Builder", "System.Data"];
        foreach (var (part, other) in new[] { ("engine", "CentralPay.Workflows.Payments"), ("payments", "CentralPay.Workflows.Engine") })
        {
            var offending = Repository.Sources(part)
                .SelectMany(file => File.ReadLines(file).Where(line => line.StartsWith("using ", StringComparison.Ordinal)).Select(line => (file, line)))
                .Where(use => foreign.Append(other).Any(name => use.line.Contains(name, StringComparison.Ordinal)));
            Assert.Empty(offending);
        }
    }

    [Fact]
    public void The_sandbox_is_referenced_by_nobody()
    {
        Assert.DoesNotContain(Repository.Parts.SelectMany(Repository.References), reference => reference == "sandbox");
    }

    [Theory]
    [MemberData(nameof(AllParts))]
    public void Time_comes_from_a_time_provider(string part)
    {
        var offending = Repository.Sources(part)
            .Where(file => SystemClock().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Empty(offending);
    }

    [Theory]
    [InlineData("engine")]
    [InlineData("payments")]
    [InlineData("activities")]
    public void The_system_clock_is_named_only_where_the_framework_needs_it(string part)
    {
        var offending = Repository.Sources(part)
            .Where(file => File.ReadAllText(file).Contains("TimeProvider.System", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Empty(offending);
    }

    [Fact]
    public void Money_is_never_floating_point()
    {
        var offending = Repository.Sources("payments")
            .SelectMany(file => File.ReadLines(file).Where(line => FloatingMoney().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        Assert.Empty(offending);
    }

    [Theory]
    [InlineData("engine")]
    [InlineData("payments")]
    [InlineData("activities")]
    public void Every_public_member_is_documented_because_the_compiler_insists(string part)
    {
        // CS1591 is an error for these projects (Directory.Build.props); here we see that nothing silences it.
        Assert.DoesNotContain("CS1591", File.ReadAllText(Repository.ProjectFile(part)), StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Sources(part), file => File.ReadAllText(file).Contains("CS1591", StringComparison.Ordinal));
        var documentation = Path.Combine(AppContext.BaseDirectory, Path.ChangeExtension(Path.GetFileName(Repository.ProjectFile(part)), ".xml"));
        Assert.True(File.Exists(documentation), $"{documentation} is written by the build.");
    }

    public static TheoryData<string> AllParts() => [.. Repository.Parts];

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\b(double|float)\b.*([Aa]mount|[Mm]oney|[Bb]alance|[Pp]rice|[Mm]inor)")]
    private static partial Regex FloatingMoney();
}
