using Switchyard.Simulation.Commands;

return args switch
{
    [SeedWorker.Name, ..] => SeedWorker.Run(SimulatorArguments.Parse(args[1..])),
    ["planted", ..] => await PlantedCommand.RunAsync(SimulatorArguments.Parse(args[1..])),
    ["--help" or "-h", ..] => SimulatorArguments.Help(),
    _ => await SimulateCommand.RunAsync(SimulatorArguments.Parse(args)),
};
