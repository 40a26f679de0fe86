using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Engine.Tests.Descriptors;

/// <summary>What an integrator's activity calls its settings must be told from what every step has, and from each other.</summary>
public sealed class ActivityNamesTests
{
    [Theory]
    [InlineData(typeof(Identified), "Id", "\"id\"")]
    [InlineData(typeof(Described), "Details", "\"metadata\"")]
    [InlineData(typeof(Named), "Name", "\"name\"")]
    [InlineData(typeof(Placed), "CustomProperties", "\"customProperties\"")]
    [InlineData(typeof(Twofold), "Amounts", "\"amount\"")]
    public void A_setting_called_as_something_every_step_has_or_as_another_one_is_refused_by_name(Type activity, string property, string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ActivityRegistry().Add(activity));

        Assert.Contains(property, refused.Message, StringComparison.Ordinal);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Activity("Acme", "Broken")]
    public sealed class Identified : CodeActivity
    {
        [Input]
        public new Input<string> Id { get; set; } = default!;
    }

    [Activity("Acme", "Broken")]
    public sealed class Described : CodeActivity
    {
        [Input(Name = "metadata")]
        public Input<string> Details { get; set; } = default!;
    }

    [Activity("Acme", "Broken")]
    public sealed class Named : CodeActivity
    {
        [Output]
        public new Output<string> Name { get; set; } = default!;
    }

    [Activity("Acme", "Broken")]
    public sealed class Placed : CodeActivity
    {
        [Input]
        public ICollection<string> CustomProperties { get; set; } = [];
    }

    [Activity("Acme", "Broken")]
    public sealed class Twofold : CodeActivity
    {
        [Input]
        public Input<decimal> Amount { get; set; } = new(1m);

        [Output(Name = "amount")]
        public Output<decimal> Amounts { get; set; } = default!;
    }
}
