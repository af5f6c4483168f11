using System.Collections.Concurrent;
using Microsoft.Playwright;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Docs;

public sealed class DocsInBrowserTests(DevelopmentHost fixture) : IClassFixture<DevelopmentHost>
{
    [Theory]
    [InlineData("/api", ".swagger-ui .opblock-summary-path")]
    [InlineData("/docs", ".swagger-ui .opblock-summary-path")]
    [InlineData("/redoc", "#redoc-container h1")]
    public async Task A_page_shows_its_routes_in_a_browser_and_asks_nobody_else(string address, string sign)
    {
        var chromium = Requires.Program("chromium", "apt-get install -y chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        var (requests, complaints) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        page.Request += (_, request) => requests.Enqueue(request.Url);
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Enqueue(message.Text);
            }
        };

        await page.GotoAsync(fixture.Host.Url + address);
        await page.Locator(sign).First.WaitForAsync();

        Assert.Empty(complaints);
        Assert.Contains(requests, url => url == $"{fixture.Host.Url}/openapi/v1.json");
        Assert.All(requests, url => Assert.Matches($"^({fixture.Host.Url}/|data:|blob:{fixture.Host.Url}/)", url));
    }
}
