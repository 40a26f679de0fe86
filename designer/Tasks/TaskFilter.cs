using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Designer.Tasks;

/// <summary>Which tasks are to be seen.</summary>
/// <param name="Which"><c>done</c>, <c>mine</c>, or anything else for all that are open.</param>
internal sealed record TaskFilter(string? Which)
{
    /// <summary>The rows that fit, for a person.</summary>
    public Expression<Func<WorkTask, bool>> Where(Actor actor)
    {
        var (name, id) = (actor.Name, actor.Id);
        return Which switch
        {
            "done" => task => task.Status != WorkTaskStatus.Open,
            "mine" => task => task.Status == WorkTaskStatus.Open && (task.AssignedTo == name || task.AssignedTo == id),
            _ => task => task.Status == WorkTaskStatus.Open,
        };
    }
}
