// Which language the command line speaks: --language, then the system's variables, then English.

import type { ErrorCode } from '#shared/errors/codes.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';

export type Language = 'en' | 'zh-CN';

export function chooseLanguage(args: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const inline = args.find((argument) => argument.startsWith('--language='))?.slice('--language='.length);
  const at = args.indexOf('--language');
  const wanted =
    inline ??
    (at >= 0 ? args[at + 1] : undefined) ??
    environment['LC_ALL'] ??
    environment['LC_MESSAGES'] ??
    environment['LANG'] ??
    'en';
  return /^zh/i.test(wanted) ? 'zh-CN' : 'en';
}

export async function readCliMessages(language: Language): Promise<CliMessages> {
  const { cli } =
    language === 'zh-CN'
      ? await import('#shared/messages/zh-CN/cli.ts')
      : await import('#shared/messages/en/cli.ts');
  return cli;
}

export type ErrorMessages = Record<ErrorCode, { sentence: string; next: string }>;

export async function readErrorMessages(language: Language): Promise<ErrorMessages> {
  const { errors } =
    language === 'zh-CN'
      ? await import('#shared/messages/zh-CN/errors.ts')
      : await import('#shared/messages/en/errors.ts');
  return errors;
}
