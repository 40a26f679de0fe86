using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Benchmarks.Processes;

/// <summary>How programs come in: as a person of the demo by a cookie, or with an API key that such a person issues.</summary>
internal static partial class BackOffice
{
    /// <summary>The password of everybody in the demo.</summary>
    public const string Password = "Demo-2026!";

    /// <summary>The administrator of the first demo merchant.</summary>
    public const string Administrator = "admin@demo.test";

    /// <summary>A browserless sign-in: the cookie of a person.</summary>
    public static async Task<HttpClient> SignInAsync(string address, string email)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), UseCookies = true }) { BaseAddress = new Uri(address) };
        var token = Antiforgery().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        using var answer = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = email,
            ["password"] = Password,
            ["returnUrl"] = "/",
            ["__RequestVerificationToken"] = token,
        }));
        return answer.RequestMessage!.RequestUri!.Query.Contains("error", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{email} could not sign in.")
            : client;
    }

    /// <summary>The secret of a new API key with permissions.</summary>
    public static async Task<string> IssueKeyAsync(string address, params string[] scopes)
    {
        using var administrator = await SignInAsync(address, Administrator);
        var issued = await PostAsync(administrator, "/api/v1/api-keys", new { name = "ERP", scopes });
        return issued["secret"]!.GetValue<string>();
    }

    /// <summary>A program's client.</summary>
    public static HttpClient WithKey(string address, string secret)
    {
        var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>Posts JSON; throws with the answer's text for a no.</summary>
    public static Task<JsonNode> PostAsync(HttpClient client, string path, object body) => ReadAsync(client.PostAsJsonAsync(path, body), $"POST {path}");

    /// <summary>Puts JSON; throws with the answer's text for a no.</summary>
    public static Task<JsonNode> PutAsync(HttpClient client, string path, object body) => ReadAsync(client.PutAsJsonAsync(path, body), $"PUT {path}");

    /// <summary>Gets JSON; throws with the answer's text for a no.</summary>
    public static Task<JsonNode> GetAsync(HttpClient client, string path) => ReadAsync(client.GetAsync(path), $"GET {path}");

    private static async Task<JsonNode> ReadAsync(Task<HttpResponseMessage> call, string what)
    {
        using var answer = await call;
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{what}: {(int)answer.StatusCode} {text}");
        }

        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();
}
