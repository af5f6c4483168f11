using System.Globalization;
using Spectre.Console;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>Shows how the demo goes: as bars on a terminal, as plain lines where the output is piped.</summary>
internal sealed class DemoDisplay(IAnsiConsole console)
{
    /// <summary>Gets whether a person looks at a terminal.</summary>
    public bool IsLive => console.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>Makes a console of a writer; piped output has neither colours nor a width to wrap at.</summary>
    public static IAnsiConsole Open(TextWriter output, bool piped)
    {
        if (!piped)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),

            // Build servers are taken for terminals by these.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        plain.Profile.Width = 1000;
        plain.Profile.Capabilities.Unicode = false;
        return plain;
    }

    /// <summary>Shows a line.</summary>
    public void Line(string text) => console.WriteLine(text);

    /// <summary>Shows a line as it is, however long: it is there to be copied.</summary>
    public void Verbatim(string text)
    {
        console.Profile.Out.Writer.WriteLine(text);
        console.Profile.Out.Writer.Flush();
    }

    /// <summary>Shows a table of names and values.</summary>
    public void Table(IEnumerable<(string Name, string Value)> rows)
    {
        var table = new Table { Border = IsLive ? TableBorder.Rounded : TableBorder.Ascii, ShowHeaders = false };
        table.AddColumn("name").AddColumn("value");
        foreach (var (name, value) in rows)
        {
            table.AddRow(new Text(name), new Text(value));
        }

        console.Write(table);
    }

    /// <summary>Does work under a bar.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="work">Does it, and tells how much is done.</param>
    public Task RunAsync(string what, long total, Func<Action<long>, Task> work) =>
        IsLive ? RunLiveAsync(what, total, work) : RunPlainAsync(what, total, work);

    private Task RunLiveAsync(string what, long total, Func<Action<long>, Task> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total));
                await work(done =>
                {
                    bar.Value = done;
                    bar.Description = Markup.Escape(Describe(what, done, total));
                });
            });

    private async Task RunPlainAsync(string what, long total, Func<Action<long>, Task> work)
    {
        const int steps = 4;
        var shown = -1L;
        await work(done =>
        {
            var step = done * steps / Math.Max(1, total);
            if (step > shown)
            {
                shown = step;
                Line(Describe(what, done, total) + string.Create(CultureInfo.InvariantCulture, $", {Math.Min(100, done * 100 / Math.Max(1, total))} %"));
            }
        });
    }

    private static string Describe(string what, long done, long total) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {done:N0} of {total:N0}");
}
