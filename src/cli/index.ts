// Entry of the command line: picks the command, prints help and version. Commands are imported only when used,
// so that `heirloom --help` answers at once. Runs in plain Node; never opens a window.
import { interpolate } from '#shared/messages/interpolate.ts';
import { chooseLanguage, readCliMessages } from './choose-language.ts';
import { exitCodes } from './exit-codes.ts';

async function main(args: string[]): Promise<number> {
  const language = chooseLanguage(args, process.env);
  const messages = await readCliMessages(language);
  const [command, ...rest] = args;
  if (command === undefined || command === 'help' || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(messages.usage);
    return command === undefined ? exitCodes.wrongUse : exitCodes.allDone;
  }
  if (command === '--version' || command === '-V') {
    const { applicationVersion } = await import('./application-version.ts');
    process.stdout.write(`${applicationVersion()}\n`);
    return exitCodes.allDone;
  }
  if (command === 'restore') {
    const { runRestoreCommand } = await import('./restore-command.ts');
    return runRestoreCommand(rest, language, messages);
  }
  if (command === 'colorize' || command === 'colourise' || command === 'inpaint') {
    const { runRepaintCommand } = await import('./repaint-command.ts');
    return runRepaintCommand(command === 'inpaint' ? 'inpaint' : 'colourise', rest, language, messages);
  }
  if (command === 'video') {
    const { runVideoCommand } = await import('./video-command.ts');
    return runVideoCommand(rest, language, messages);
  }
  if (command === 'models') {
    const { runModels } = await import('./run-models.ts');
    return runModels(rest, language);
  }
  process.stderr.write(`${interpolate(messages.unknownCommand, { name: command })}\n${messages.seeHelp}\n`);
  return exitCodes.wrongUse;
}

// `heirloom models list | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.allDone);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
