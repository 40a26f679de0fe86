using System.Security.Claims;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Security;
using Microsoft.AspNetCore.SignalR;

namespace CentralPay.Workflows.Server.Live;

/// <summary>The live feed for other programs: <c>figures</c> at connect and with each change, <c>events</c> as they are committed. It takes no calls.</summary>
internal sealed class CollectionsHub(HubBroadcast broadcast) : Hub
{
    public override async Task OnConnectedAsync()
    {
        var caller = Caller.Of(Context.User ?? new ClaimsPrincipal()) ?? throw new HubException("Not signed in.");
        caller.Actor.Require(Permissions.Read);
        await Groups.AddToGroupAsync(Context.ConnectionId, HubBroadcast.GroupOf(caller.MerchantId));
        await Clients.Caller.SendAsync("figures", await broadcast.JoinAsync(caller.MerchantId, Context.ConnectionId));
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        broadcast.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
