// Runs wait more than they work: all of them at once, on however few cores.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
