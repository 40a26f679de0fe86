using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using Microsoft.AspNetCore.Mvc;

namespace CentralPay.Workflows.Server.Problems;

/// <summary>Problem details (RFC 9457), in the caller's language, the same shape everywhere.</summary>
internal static class Problem
{
    // A simulation takes seconds; who asks sooner only waits for another's.
    private const int BusySeconds = 5;

    /// <summary>The answer to an exception that the caller can do something about; null for a defect of ours.</summary>
    public static IResult? For(Exception exception) => exception switch
    {
        RuleViolationException broken => Invalid(broken.Violations),
        AccessDeniedException denied => Of(StatusCodes.Status403Forbidden, "forbidden", ProblemText.Of("forbidden-detail", denied.Permission)),
        RecordConflictException or RevisionConflictException => Of(StatusCodes.Status409Conflict, "conflict", ProblemText.Of("conflict-detail")),
        ScenarioProblemsException broken => Invalid(broken.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(Of)),
        SimulationBusyException => new ComeBackLater(Of(StatusCodes.Status429TooManyRequests, "simulation-busy", ProblemText.Of("simulation-busy-detail")), BusySeconds),
        ScenarioNotFoundException => NotFound(),
        CurrencyMismatchException => Invalid([RuleViolation.Of("currency", RuleCodes.CurrencyUnknown)]),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Unsupported(),
        BadHttpRequestException unreadable => Refused(unreadable.StatusCode, "bad-request", UnreadableRequest.Of(unreadable)),
        _ => null,
    };

    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, "not-found", ProblemText.Of("not-found-detail"));

    /// <summary>The answer to an answer without words that a part of the host gave: nobody has to guess from a bare number.</summary>
    public static IResult ForStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Refused(status, "bad-request", UnreadableRequest.Unknown),
        StatusCodes.Status404NotFound => NotFound(),
        StatusCodes.Status405MethodNotAllowed => Of(status, "method"),
        StatusCodes.Status413PayloadTooLarge => TooLarge(),
        StatusCodes.Status415UnsupportedMediaType => Unsupported(),
        _ => Of(status, status >= StatusCodes.Status500InternalServerError ? "error" : "bad-request"),
    };

    /// <summary>The body is of a type that the address does not take.</summary>
    public static IResult Unsupported() => Refused(StatusCodes.Status415UnsupportedMediaType, "unsupported", RuleViolation.Of("Content-Type", "content-type-unsupported"));

    public static IResult Invalid(string field, string code, params (string Name, string Value)[] arguments) => Invalid([RuleViolation.Of(field, code, arguments)]);

    public static IResult Invalid(IReadOnlyList<RuleViolation> violations) =>
        Invalid(violations.Select(violation => new ProblemError(violation.Field, violation.Code, ProblemText.Of(violation))));

    private static IResult Invalid(IEnumerable<ProblemError> errors) => Refused(StatusCodes.Status400BadRequest, "invalid", errors);

    private static IResult TooLarge() => Refused(StatusCodes.Status413PayloadTooLarge, "too-large", RuleViolation.Of("body", "body-too-large"));

    private static IResult Refused(int status, string name, RuleViolation violation) =>
        Refused(status, name, [new ProblemError(violation.Field, violation.Code, ProblemText.Of(violation))]);

    private static IResult Refused(int status, string name, IEnumerable<ProblemError> errors)
    {
        var problem = Details(status, name, ProblemText.Of("invalid-detail"));
        problem.Extensions["errors"] = errors.ToArray();
        return Results.Problem(problem);
    }

    public static IResult Of(int status, string name, string? detail = null) => Results.Problem(Details(status, name, detail));

    public static ProblemDetails Details(int status, string name, string? detail) => new()
    {
        Status = status,
        Type = $"urn:centralpay-workflows:problem:{name}",
        Title = ProblemText.Of(name),
        Detail = detail,
        Extensions = { ["code"] = name },
    };

    /// <summary>A scenario's problem stands at a step, and maybe at one of its inputs.</summary>
    private static ProblemError Of(DefinitionProblem problem) => new(
        string.Join('.', new[] { "definition", problem.NodeId, problem.InputName }.Where(part => part is not null)),
        problem.Code,
        ProblemText.Of(problem));
}

/// <summary>One broken rule: the field, the rule's code, and a sentence.</summary>
internal sealed record ProblemError(string Field, string Code, string Message);
