import { parseArgs } from 'node:util';
import { AppError } from '#kernel/errors';
import type { Lang } from '#kernel/text';
import { audit } from './commands/audit.ts';
import { backup, restore } from './commands/backup.ts';
import { city } from './commands/city.ts';
import { type Command, type Context, Refusal } from './commands/command.ts';
import { demo } from './commands/demo.ts';
import { serveCommand } from './commands/serve.ts';
import { token } from './commands/token.ts';
import { user } from './commands/user.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [serveCommand, demo, user, token, city, audit, backup, restore];

const usage = {
  zh: {
    head: '知城命令行',
    use: '用法',
    options: '通用选项：--json 以 JSON 输出；--lang zh|en 语言；--help 帮助',
    unknown: (name: string) => `没有“${name}”这个命令`,
  },
  en: {
    head: 'Command line of 知城',
    use: 'Usage',
    options: 'Options everywhere: --json output as JSON; --lang zh|en language; --help help',
    unknown: (name: string) => `There is no command ${name}`,
  },
};

/** Help of one command, or of all. */
function help(lang: Lang, command?: Command): string {
  const words = usage[lang];
  const list = command ? [command] : commands;
  const lines = list.flatMap((c) => [
    ...c.usage.map((u) => `  zc ${u}`),
    `      ${c.about[lang]}`,
    ...(command ? (c.details?.[lang].map((d) => `      ${d}`) ?? []) : []),
  ]);
  return [`${words.head} ${version}`, '', `${words.use}:`, ...lines, '', words.options].join('\n');
}

/** Chinese unless asked otherwise: --lang, else the locale of the terminal when it names English. */
function languageOf(argv: readonly string[]): Lang {
  const at = argv.indexOf('--lang');
  const asked = at >= 0 ? argv[at + 1] : argv.find((a) => a.startsWith('--lang='))?.slice(7);
  if (asked === 'en' || asked === 'zh') return asked;
  return /^en/i.test(process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '') ? 'en' : 'zh';
}

async function main(argv: string[]): Promise<number> {
  const lang = languageOf(argv);
  const [name, ...rest] = argv;
  if (!name || name === 'help' || name === '--help' || name === '-h') {
    console.log(
      help(
        lang,
        commands.find((c) => c.name === rest[0]),
      ),
    );
    return 0;
  }
  if (name === '--version' || name === 'version') {
    console.log(version);
    return 0;
  }
  const command = commands.find((c) => c.name === name);
  if (!command) {
    console.error(`${usage[lang].unknown(name)}\n\n${help(lang)}`);
    return 2;
  }
  const json = rest.includes('--json');
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        lang: { type: 'string' },
        ...command.options,
      },
    });
    if (values.help) {
      console.log(help(lang, command));
      return 0;
    }
    const context: Context = {
      lang,
      json,
      options: values as Context['options'],
      words: positionals,
      say: (text) => (json ? undefined : console.log(text[lang])),
      progress: (text) => {
        if (!json && process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
      },
      result: (value, text) => console.log(json ? JSON.stringify(value) : text[lang]),
    };
    return (await command.run(context)) ?? 0;
  } catch (error) {
    return fail(error, lang, json, command);
  }
}

function fail(error: unknown, lang: Lang, json: boolean, command: Command): number {
  const wrongUse =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  const message =
    error instanceof AppError || error instanceof Refusal
      ? error.text[lang]
      : error instanceof Error
        ? error.message
        : String(error);
  if (json) console.log(JSON.stringify({ ok: false, error: message }));
  else console.error(message);
  if (wrongUse && !json) console.error(`\n${help(lang, command)}`);
  return wrongUse ? 2 : 1;
}

process.exitCode = await main(process.argv.slice(2));
