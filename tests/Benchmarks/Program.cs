using CentralPay.Workflows.Benchmarks;
using CentralPay.Workflows.Benchmarks.Collecting;
using CentralPay.Workflows.Benchmarks.Commits;
using CentralPay.Workflows.Benchmarks.Crash;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Expressions;
using CentralPay.Workflows.Benchmarks.Imports;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Benchmarks.Load;
using CentralPay.Workflows.Benchmarks.Machine;
using CentralPay.Workflows.Benchmarks.Simulating;

var (options, mistake) = BenchmarkOptions.Read(args);
if (options is null)
{
    Console.Error.WriteLine(mistake);
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    ending.Cancel();
};

try
{
    MachineFacts.Print();
    if (options.Wants("kernel"))
    {
        await KernelTable.PrintAsync(options, ending.Token);
    }

    if (options.Wants("cel"))
    {
        CelTable.Print(options, ending.Token);
    }

    if (options.NeedsDatabases)
    {
        await using var databases = await TestBeds.OpenAsync(options.On, ending.Token);
        if (options.Wants("commit"))
        {
            await CommitTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("durable"))
        {
            await DurableTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("backlog"))
        {
            await BacklogTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("latency"))
        {
            await LatencyTable.PrintAsync(databases, ending.Token);
        }

        if (options.Wants("timers"))
        {
            await TimersTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("waiting"))
        {
            await WaitingTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("nodes"))
        {
            await NodesTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("collecting"))
        {
            await CollectingTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("import"))
        {
            await ImportTable.PrintAsync(databases, options, ending.Token);
        }

        if (options.Wants("simulate"))
        {
            await SimulationTable.PrintAsync(databases, options, ending.Token);
        }

        if ((options.Wants("crash") && !await CrashTable.PrintAsync(databases, options, isOfDebits: false, ending.Token))
            || (options.Wants("crash-debits") && !await CrashTable.PrintAsync(databases, options, isOfDebits: true, ending.Token)))
        {
            return 1;
        }
    }

    return 0;
}
catch (OperationCanceledException) when (ending.IsCancellationRequested)
{
    Console.Error.WriteLine("Ended early.");
    return 130;
}
