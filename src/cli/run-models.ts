// `heirloom models`: opens the services and runs models-command.ts on the terminal. Ctrl+C stops a download.
import { createInterface } from 'node:readline/promises';
import { type Language, readErrorMessages } from './choose-language.ts';
import { runModelsCommand } from './models-command.ts';
import { openServices } from './open-services.ts';

export async function runModels(args: string[], language: Language): Promise<number> {
  const services = await openServices('auto');
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  const { models: messages } =
    language === 'zh-CN'
      ? await import('#shared/messages/zh-CN/models.ts')
      : await import('#shared/messages/en/models.ts');
  try {
    return await runModelsCommand(withoutLanguage(args), {
      models: services.models,
      engine: services.engine,
      out: (line) => process.stdout.write(`${line}\n`),
      err: (line) => process.stderr.write(`${line}\n`),
      showProgress: (line) => process.stderr.write(`\r\u001b[2K${line}`),
      isTerminal: process.stderr.isTTY === true && process.stdin.isTTY === true,
      confirm,
      json: false,
      signal: stop.signal,
      messages,
      errorMessages: await readErrorMessages(language),
    });
  } finally {
    process.off('SIGINT', onInterrupt);
    await services.close();
  }
}

function withoutLanguage(args: string[]): string[] {
  return args.filter(
    (argument, index) => !argument.startsWith('--language') && args[index - 1] !== '--language',
  );
}

async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|是|好)/i.test((await terminal.question(`${question} `)).trim());
  } finally {
    terminal.close();
  }
}
