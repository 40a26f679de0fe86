using System.Net;
using CentralPay.Workflows.Server.Webhooks;

namespace CentralPay.Workflows.Server.Tests.Webhooks;

public sealed class TargetAddressesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("64:ff9b::a00:1")]
    public void A_callback_never_reaches_this_network_or_its_metadata(string address) => Assert.False(TargetAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2a00:1450:4007:80e::200e")]
    public void A_callback_reaches_the_public_internet(string address) => Assert.True(TargetAddresses.IsPublic(IPAddress.Parse(address)));
}
