namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Writes a note, by tracking alone.</summary>
internal sealed record NoteEffect(string Text) : EfEffect<AppDbContext>
{
    public override Task ApplyAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        context.Notes.Add(new Note { Text = Text });
        return Task.CompletedTask;
    }
}

/// <summary>Breaks a rule of the user's own tables.</summary>
internal sealed record DuplicateNoteEffect(string Text) : EfEffect<AppDbContext>
{
    public override Task ApplyAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        context.Notes.AddRange(new Note { Text = Text }, new Note { Text = Text });
        return Task.CompletedTask;
    }
}
