namespace CentralPay.Workflows.Payments.Access;

/// <summary>
/// The merchant and actor that a scope is bound to, once: by authentication for a request, by whoever opens the scope for
/// everything else. Whatever reads or writes a merchant's rows takes the merchant from here; an unbound scope has none.
/// </summary>
public sealed class MerchantBinding : ICurrentActor
{
    private Guid? merchantId;
    private Actor? actor;

    /// <summary>Whether the scope is bound.</summary>
    public bool IsBound => merchantId is not null;

    /// <summary>The merchant; throws <see cref="InvalidOperationException"/> in an unbound scope.</summary>
    public Guid MerchantId => merchantId ?? throw new InvalidOperationException("This scope is not bound to a merchant.");

    /// <inheritdoc />
    public Actor Actor => actor ?? throw new InvalidOperationException("This scope is not bound to an actor.");

    /// <summary>Binds the scope; throws <see cref="InvalidOperationException"/> when it is bound to another merchant already.</summary>
    public void Bind(Guid toMerchantId, Actor toActor)
    {
        if (merchantId is not null && merchantId != toMerchantId)
        {
            throw new InvalidOperationException("This scope is already bound to another merchant.");
        }

        merchantId = toMerchantId;
        actor = toActor;
    }
}
