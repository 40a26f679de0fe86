using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Server.Gateway;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Gateway;

/// <summary>What the sweep looks through: all there is.</summary>
[Collection(HouseCollection.Name)]
public sealed class AllRecordsTests(House house)
{
    [Theory]
    [InlineData(0)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(1_201)]
    public async Task However_many_rows_there_are_each_is_read_once(int count)
    {
        var name = $"swept {count}";
        await using var scope = house.Open();
        for (var number = 0; number < count; number++)
        {
            scope.Records.Add(new Customer { Id = Guid.CreateVersion7(), MerchantId = house.MerchantId, Number = $"SW-{count}-{number}", Name = name, CreatedAt = house.Now });
        }

        await scope.Records.CommitAsync();

        var read = await scope.Records.AllAsync<Customer>(customer => customer.Name == name, CancellationToken.None);

        Assert.Equal(count, read.Select(customer => customer.Id).Distinct().Count());
        Assert.Equal(count, read.Count);
    }
}
