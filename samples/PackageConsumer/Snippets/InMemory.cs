namespace PackageConsumer.Snippets;

internal static class InMemory
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddJobs().AddHandler<GreetHandler, Greeting>("greet").UseInMemory();
        builder.Services.AddIngest(o => o.UseSample = true).UseInMemory();
    }
}
