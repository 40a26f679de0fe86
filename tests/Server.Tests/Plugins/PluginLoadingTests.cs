using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Tests.Plugins;

/// <summary>What becomes of the libraries in the folder of plugins. A broken one stops neither the server nor another, and says what is wrong.</summary>
public sealed class PluginLoadingTests : IDisposable
{
    private const string Greet = """
        [Activity("Acme", "Greeting", "Say hello.", DisplayName = "Greet")]
        [FlowNode("Greeted", "Away")]
        public sealed class Greet : Activity
        {
            [Input(Description = "Whom."), Required] public Input<string> Whom { get; set; } = default!;
            protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("Greeted");
        }
        """;

    private readonly PluginWorkshop workshop = new();

    [Fact]
    public void A_library_marked_by_another_one_that_is_not_there_is_told_of_and_stops_nothing()
    {
        var marks = workshop.Build("Acme.Marks", "1.0.0.0", "[System.AttributeUsage(System.AttributeTargets.Assembly)] public sealed class MarkAttribute : System.Attribute;");
        workshop.Put("Acme.Greeting.dll", "[assembly: Mark]\n" + Greet, marks);
        workshop.Put("Acme.Rates.dll", Greet.Replace("Greet", "Rate", StringComparison.Ordinal));

        var (broken, whole) = (workshop.Install()[0], workshop.Install()[1]);

        Assert.Contains(broken.Problems, problem => problem.Kind == PluginProblemKind.LibraryMissing && $"{problem.Subject} {problem.Detail}".Contains("Acme.Marks", StringComparison.Ordinal));
        Assert.Equal("0.0.0", broken.Version);
        Assert.Empty(broken.Activities);
        Assert.Single(whole.Activities);
    }

    [Fact]
    public void A_library_put_there_brings_its_activities_into_the_palette()
    {
        workshop.Put("Acme.Greeting.dll", "[assembly: System.Reflection.AssemblyVersion(\"1.4.2.0\")]\n" + Greet);
        var palette = new ActivityRegistry();

        var plugin = Assert.Single(workshop.Install(palette));

        Assert.Equal(("Acme.Greeting.dll", "Acme.Greeting", "1.4.2"), (plugin.File, plugin.Name, plugin.Version));
        Assert.Empty(plugin.Problems);
        var activity = Assert.Single(plugin.Activities);
        Assert.Equal(("Acme.Greet", "Greeting", "Greet"), (activity.TypeName, activity.Category, activity.DisplayName));
        Assert.Equal(["Greeted", "Away"], activity.Outcomes);
        Assert.True(Assert.Single(activity.Inputs).Required);
        Assert.Same(activity, palette.Find("Acme.Greet"));
    }

    [Fact]
    public void No_folder_is_no_plugin() => Assert.Empty(workshop.Install());

    [Fact]
    public void Nothing_is_missing_from_a_library_of_all_kinds_of_code()
    {
        workshop.Put("Acme.dll", Greet + """
            public record Rate(string From, decimal[,] Table) { public decimal Best => Table[0, 0]; }
            public class Shelf<T> where T : class
            {
                private readonly System.Collections.Generic.Dictionary<string, System.Collections.Generic.List<T>> _byName = new();
                public event EventHandler<T> Added;
                public async Task<TOther> AddAsync<TOther>(T item, Func<T, TOther> turn) { await Task.Yield(); _byName.TryAdd("x", new() { item }); Added?.Invoke(this, item); return turn(item); }
                public System.Collections.Generic.IEnumerable<T> All() { foreach (var pair in _byName) foreach (var each in pair.Value) yield return each; }
                public ref T First(T[] items) => ref items[0];
            }
            public static class Reading
            {
                public static string Sum(ReadOnlySpan<char> text) => $"{int.Parse(text):N0} {string.Join(",", System.Linq.Enumerable.Select(new[] { 1, 2 }, each => each * 2))}";
                public static unsafe int Deep(Rate rate) => rate switch { { From: "EUR", Table.Length: > 2 } => (int)rate.Best, _ => System.Runtime.CompilerServices.Unsafe.SizeOf<decimal>() };
            }
            """);

        Assert.Empty(Assert.Single(workshop.Install()).Problems);
    }

    [Fact]
    public void Two_plugins_use_each_its_own_version_of_one_library()
    {
        foreach (var (plugin, version) in new[] { ("First", "1.0.0.0"), ("Second", "2.0.0.0") })
        {
            var rates = workshop.Build("Acme.Rates", version, $$"""public static class Rates { public static string Version => "{{version}}"; }""");
            workshop.Put($"{plugin}/{plugin}.dll", $$"""[Activity("{{plugin}}", "Rates")] public sealed class Rate : CodeActivity { [Input] public Input<string> From { get; set; } = new(Rates.Version); }""", rates);
            workshop.PutCopy($"{plugin}/Acme.Rates.dll", rates);
        }

        var plugins = workshop.Install();

        Assert.All(plugins, plugin => Assert.Empty(plugin.Problems));
        Assert.Equal(["1.0.0.0", "2.0.0.0"], plugins.Select(plugin => plugin.Activities[0].Inputs[0].DefaultValue));
    }

    [Fact]
    public void A_file_that_is_no_library_is_told_and_the_one_beside_it_works()
    {
        workshop.PutText("Notes.dll", "These are notes.");
        workshop.Put("Whole.dll", Greet);

        var plugins = workshop.Install();

        Assert.Equal((PluginProblemKind.NoLibrary, "Notes.dll"), Told(plugins[0]));
        Assert.Equal(["Acme.Greet"], plugins[1].Activities.Select(activity => activity.TypeName));
    }

    [Fact]
    public void A_library_that_lies_nowhere_is_named_with_its_version()
    {
        var rates = workshop.Build("Acme.Rates", "3.1.0.0", """public static class Rates { public static string Version => ""; }""");
        workshop.Put("Acme.dll", """[Activity("Acme", "Rates")] public sealed class Rate : CodeActivity { protected override void Execute(ActivityExecutionContext context) => context.SetVariable("rate", Rates.Version); }""", rates);

        var plugin = Assert.Single(workshop.Install());

        Assert.Equal((PluginProblemKind.LibraryMissing, "Acme.Rates 3.1.0.0"), Told(plugin));
        Assert.Empty(plugin.Activities);
    }

    [Fact]
    public void A_method_of_another_engine_is_named_before_any_case_runs_into_it()
    {
        workshop.PutForEngine("Newer.dll", """
            namespace CentralPay.Workflows.Engine.Authoring;
            public class ActivityExecutionContext { public void Shout(string text) { } }
            public abstract class Activity { protected virtual void Execute(ActivityExecutionContext context) { } }
            """, """
            using CentralPay.Workflows.Engine.Authoring;
            public sealed class Shouting : Activity { protected override void Execute(ActivityExecutionContext context) => context.Shout("Pay!"); }
            """);

        var problem = Assert.Single(Assert.Single(workshop.Install()).Problems);

        Assert.Equal(new PluginProblem(PluginProblemKind.MemberMissing, "CentralPay.Workflows.Engine.Authoring.ActivityExecutionContext.Shout", "CentralPay.Workflows.Engine 9.0.0.0"), problem);
    }

    [Fact]
    public void A_type_of_another_engine_is_named()
    {
        workshop.PutForEngine("Newer.dll", """
            namespace CentralPay.Workflows.Engine.Authoring;
            public abstract class TelepathicActivity { }
            """, "public sealed class Guess : CentralPay.Workflows.Engine.Authoring.TelepathicActivity;");

        Assert.Equal((PluginProblemKind.MemberMissing, "CentralPay.Workflows.Engine.Authoring.TelepathicActivity"), Told(Assert.Single(workshop.Install())));
    }

    [Fact]
    public void A_method_that_overrides_nothing_any_more_is_told()
    {
        workshop.PutForEngine("Older.dll", """
            namespace CentralPay.Workflows.Engine.Authoring;
            public class ActivityExecutionContext;
            public abstract class Activity { protected abstract void Execute(ActivityExecutionContext context, int attempt); }
            """, """
            using CentralPay.Workflows.Engine.Authoring;
            public sealed class Old : Activity { protected override void Execute(ActivityExecutionContext context, int attempt) { } }
            """);

        Assert.Equal((PluginProblemKind.MemberMissing, "CentralPay.Workflows.Engine.Authoring.Activity.Execute"), Told(Assert.Single(workshop.Install())));
    }

    [Fact]
    public void An_interface_that_asks_for_more_than_it_did_is_told()
    {
        workshop.PutForEngine("Older.dll", """
            namespace CentralPay.Workflows.Engine.Authoring;
            public interface ITrigger;
            public abstract class Activity;
            """, "public sealed class Old : CentralPay.Workflows.Engine.Authoring.Activity, CentralPay.Workflows.Engine.Authoring.ITrigger;");

        var plugin = Assert.Single(workshop.Install());

        Assert.Equal((PluginProblemKind.MemberMissing, "Old"), Told(plugin));
        Assert.Empty(plugin.Activities);
    }

    [Fact]
    public void An_activity_whose_constructor_or_attribute_throws_keeps_no_other_out()
    {
        workshop.Put("Acme.dll", Greet + """
            [Activity("Acme", "Broken")] public sealed class Unready : CodeActivity { public Unready() => throw new InvalidOperationException("No licence was found."); }
            public sealed class MoodyAttribute : RequiredAttribute { public MoodyAttribute() => throw new InvalidOperationException("Not today."); }
            [Activity("Acme", "Broken")] public sealed class Unwilling : CodeActivity { [Input, Moody] public Input<string> Name { get; set; } = default!; }
            [Activity("Acme", "Broken")] public sealed class NeedsHands(string hand) : CodeActivity { public string Hand => hand; }
            """);

        var plugin = Assert.Single(workshop.Install());

        Assert.Equal(["Acme.Greet"], plugin.Activities.Select(activity => activity.TypeName));
        Assert.All(plugin.Problems, problem => Assert.Equal(PluginProblemKind.ActivityFails, problem.Kind));
        Assert.Equal(["NeedsHands", "Unready", "Unwilling"], plugin.Problems.Select(problem => problem.Subject));
        Assert.Equal(["No licence was found.", "Not today."], plugin.Problems.Skip(1).Select(problem => problem.Detail));
    }

    [Theory]
    [InlineData("public Input<string> Id { get; set; } = default!;", "is called \"id\", as a member that every step has")]
    [InlineData("public Output<string>? Metadata { get; set; }", "is called \"metadata\"")]
    [InlineData("[Input] public string Version { get; set; } = \"\";", "is called \"version\"")]
    [InlineData("public Input<string> Fee { get; set; } = default!; [Output(Name = \"fee\")] public Output<string>? Paid { get; set; }", "Two of the inputs, outputs and ports of Odd are called \"fee\"")]
    public void An_activity_whose_names_a_definition_could_not_tell_apart_says_which(string members, string why)
    {
        workshop.Put("Acme.dll", Greet + $$"""[Activity("Acme", "Broken")] public sealed class Odd : CodeActivity { {{members}} }""");

        var plugin = Assert.Single(workshop.Install());

        Assert.Equal(["Acme.Greet"], plugin.Activities.Select(activity => activity.TypeName));
        var problem = Assert.Single(plugin.Problems);
        Assert.Equal((PluginProblemKind.ActivityFails, "Odd"), (problem.Kind, problem.Subject));
        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_kept_by_ours_then_by_the_first_and_the_other_is_told_whose_it_is()
    {
        workshop.Put("A.dll", Greet + """[Activity("Elsa", "Waiting")] public sealed class Event : CodeActivity;""");
        workshop.Put("B.dll", Greet + """[Activity("Acme", "Twice", Type = "Same")] public sealed class One : CodeActivity; [Activity("Acme", "Twice", Type = "Same")] public sealed class Two : CodeActivity;""");
        var palette = new ActivityRegistry();

        var plugins = workshop.Install(palette);

        Assert.Equal(new PluginProblem(PluginProblemKind.NameTaken, "Elsa.Event", "CentralPay.Workflows.Engine.Activities.Event (CentralPay.Workflows.Engine)"), Assert.Single(plugins[0].Problems));
        Assert.Equal([new PluginProblem(PluginProblemKind.NameTaken, "Acme.Greet", "Greet (A)"), new PluginProblem(PluginProblemKind.NameTaken, "Acme.Same", "One (B)")], plugins[1].Problems);
        Assert.Equal(["Acme.Same"], plugins[1].Activities.Select(activity => activity.TypeName));
    }

    [Fact]
    public void A_library_without_activities_and_a_folder_of_several_are_told()
    {
        workshop.Put("Nothing.dll", "public sealed class Nothing;");
        workshop.Put("Several/One.dll", Greet);
        workshop.Put("Several/Two.dll", "public sealed class Two;");

        var plugins = workshop.Install();

        Assert.Equal((PluginProblemKind.NoActivity, "Nothing"), Told(plugins[0]));
        Assert.Equal((PluginProblemKind.NoMainLibrary, "Several"), Told(plugins[1]));
    }

    private static (PluginProblemKind Kind, string Subject) Told(Plugin plugin) => Assert.Single(plugin.Problems.Select(problem => (problem.Kind, problem.Subject)));

    public void Dispose() => workshop.Dispose();
}
