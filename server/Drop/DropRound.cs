using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Drop;

/// <summary>One look at every merchant's folder: what is complete is taken in, one file after the other.</summary>
internal sealed class DropRound(IMerchantDirectory directory, IMerchantScopes scopes, DropIntake intake, DropArrivals arrivals, string folder, ILogger log)
{
    /// <summary>Whether files wait to be complete.</summary>
    public bool AreAnyPending => arrivals.AreAnyPending;

    /// <summary>Looks once; answers how many files were taken in or refused.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settled = 0;
        foreach (var merchantId in await directory.AllAsync(cancellationToken))
        {
            var place = new DropPlace(folder, await SlugAsync(merchantId, cancellationToken));
            place.Ensure();
            foreach (var path in arrivals.Complete(place))
            {
                settled += await TakeAsync(place, merchantId, path, cancellationToken) ? 1 : 0;
            }
        }

        return settled;
    }

    private async Task<bool> TakeAsync(DropPlace place, Guid merchantId, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (await intake.TakeAsync(place, merchantId, path, cancellationToken) is not null)
            {
                return true;
            }

            arrivals.Again(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It was taken in and cannot be moved away: trying on would only say so again and again.
            log.LogError(failure, "The file {File} of the drop folder cannot be moved; it is left until it changes.", Path.GetFileName(path).ReplaceLineEndings(""));
            arrivals.Hold(path);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "The file {File} of the drop folder could not be taken in; trying again later.", Path.GetFileName(path).ReplaceLineEndings(""));
            arrivals.Again(path);
        }

        return false;
    }

    private async Task<string> SlugAsync(Guid merchantId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(merchantId, Actor.System);
        var merchant = await scope.Records.FindAsync<Merchant>(merchantId, cancellationToken) ?? throw new InvalidOperationException($"The merchant {merchantId} does not exist.");
        return merchant.Slug;
    }
}
