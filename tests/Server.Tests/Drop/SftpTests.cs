using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using CentralPay.Workflows.Server.Demo;
using CentralPay.Workflows.Server.Tests.Running;
using CentralPay.Workflows.Server.Tests.Statements;
using CentralPay.Workflows.Tests.Shared;

namespace CentralPay.Workflows.Server.Tests.Drop;

/// <summary>The drop folder behind a real OpenSSH server, set up as <c>docs/operate.md</c> says, on a free port of this machine.</summary>
[Collection(HouseCollection.Name)]
public sealed class SftpTests(House house)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly bool IsRoot = Environment.UserName == "root";

    [Fact]
    public async Task A_file_that_is_put_by_sftp_is_taken_in_and_its_report_is_fetched_by_sftp()
    {
        var keys = Directory.CreateTempSubdirectory("sftp-keys-").FullName;
        var root = Path.Combine(house.DropFolder, DemoMerchants.All[0].Slug);
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(keys, "host"));
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(keys, "erp"));
        File.Copy(Path.Combine(keys, "erp.pub"), Path.Combine(keys, "authorized"));
        await File.WriteAllBytesAsync(Path.Combine(keys, "releve.xml"), StatementTests.Statement("S-SFTP-1", ("21.00", "by sftp")));
        var port = FreePort.Next();
        await File.WriteAllTextAsync(Path.Combine(keys, "sshd_config"), $"""
            ListenAddress 127.0.0.1
            Port {port}
            HostKey {keys}/host
            PidFile {keys}/pid
            AuthorizedKeysFile {keys}/authorized
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            Subsystem sftp internal-sftp
            AllowTcpForwarding no
            {(IsRoot ? $"ChrootDirectory {root}\n            ForceCommand internal-sftp" : $"ForceCommand internal-sftp -d {root}")}
            """);
        if (IsRoot)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        using var sshd = Start("/usr/sbin/sshd", "-D", "-e", "-f", Path.Combine(keys, "sshd_config"), "-o", "UsePAM=no");
        try
        {
            await EventuallyAsync("sshd answers", async () =>
            {
                Assert.False(sshd.HasExited, sshd.HasExited ? await sshd.StandardError.ReadToEndAsync() : "");
                using var client = new TcpClient();
                try
                {
                    await client.ConnectAsync("127.0.0.1", port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            });

            await SftpAsync(keys, port, $"cd in\nput {keys}/releve.xml releve.xml.part\nrename releve.xml.part releve.xml\n");
            await EventuallyAsync("The server took the file", () => Task.FromResult(File.Exists(Path.Combine(root, "done", "releve.xml"))));
            await SftpAsync(keys, port, $"get done/releve.xml.report.json {keys}/report.json\n");

            var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(keys, "report.json"))).RootElement;
            Assert.Equal(("taken", 1), (report.GetProperty("outcome").GetString(), report.GetProperty("statement").GetProperty("added").GetInt32()));
            var transfers = (await house.GetAsync("/api/v1/transfers?limit=200")).GetProperty("data").EnumerateArray();
            Assert.Single(transfers, transfer => transfer.GetProperty("remittance").GetString() == "by sftp");
        }
        finally
        {
            sshd.Kill(entireProcessTree: true);
            await sshd.WaitForExitAsync();
            Directory.Delete(keys, recursive: true);
        }
    }

    private static async Task SftpAsync(string keys, int port, string batch)
    {
        await File.WriteAllTextAsync(Path.Combine(keys, "batch"), batch);
        await RunAsync("sftp", "-q", "-P", $"{port}", "-i", Path.Combine(keys, "erp"), "-o", "StrictHostKeyChecking=no", "-o", $"UserKnownHostsFile={keys}/known", "-o", "IdentitiesOnly=yes", "-b", Path.Combine(keys, "batch"), $"{Environment.UserName}@127.0.0.1");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output} {await error}");
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task EventuallyAsync(string what, Func<Task<bool>> holds)
    {
        var until = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(until.Elapsed < Longest, $"{what}: not within {Longest}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
