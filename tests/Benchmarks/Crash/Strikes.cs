using System.Globalization;
using Npgsql;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>Kills nodes and cuts connections at moments that the seed gives; one node is always left standing where there are two.</summary>
internal sealed class Strikes(CrashHouse house, CrashPlan plan)
{
    private readonly Random random = new(plan.Seed);

    /// <summary>Nodes killed so far.</summary>
    public int Kills { get; private set; }

    /// <summary>Times that all connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Connections cut in all.</summary>
    public int ConnectionsCut { get; private set; }

    /// <summary>Strikes until the plan is done.</summary>
    public async Task RunAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        while (Kills < plan.Kills || Cuts < plan.Cuts)
        {
            await Task.Delay(plan.Between.Least + (random.NextDouble() * (plan.Between.Most - plan.Between.Least)), cancellationToken);
            var left = (plan.Kills - Kills) + (plan.Cuts - Cuts);
            await house.InTurnAsync(() => random.Next(left) < plan.Cuts - Cuts ? CutAsync(cancellationToken) : KillAsync(cancellationToken), cancellationToken);

            tell(string.Create(CultureInfo.InvariantCulture, $"{Kills} of {plan.Kills} kills, {Cuts} of {plan.Cuts} cuts"));
        }
    }

    private async Task KillAsync(CancellationToken cancellationToken)
    {
        var node = house.Nodes[random.Next(house.Nodes.Count)];
        node.Kill();
        Kills++;
        await node.StartAsync(cancellationToken);
    }

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        var name = new NpgsqlConnectionStringBuilder(house.Bed.ConnectionString).Database;
        await using var connection = new NpgsqlConnection(house.Bed.Server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        ConnectionsCut += (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
        Cuts++;
    }
}
