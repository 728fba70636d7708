import { parseArgs } from 'node:util';
import type { Lang } from '#kernel/text';
import { audit } from './commands/audit.ts';
import { backup, restore } from './commands/backup.ts';
import { city } from './commands/city.ts';
import { type Command, type Context, WrongUse } from './commands/command.ts';
import { demo } from './commands/demo.ts';
import { importCommand } from './commands/import.ts';
import { serveCommand } from './commands/serve.ts';
import { token } from './commands/token.ts';
import { user } from './commands/user.ts';
import { explain } from './failure.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [
  serveCommand,
  demo,
  importCommand,
  user,
  token,
  city,
  audit,
  backup,
  restore,
];

const everywhere = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  lang: { type: 'string' },
} as const;

const usage = {
  zh: {
    head: '知城命令行',
    use: '用法',
    options: '通用选项：--json 以 JSON 输出；--lang zh|en 语言；--help 帮助',
  },
  en: {
    head: 'Command line of 知城',
    use: 'Usage',
    options: 'Options everywhere: --json output as JSON; --lang zh|en language; --help help',
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

/** The same for programs. */
function helpJson(lang: Lang, command?: Command) {
  const list = command ? [command] : commands;
  return {
    version,
    commands: list.map((c) => ({ name: c.name, usage: c.usage, about: c.about[lang] })),
  };
}

/** Chinese unless asked otherwise: --lang, else the locale of the terminal when it names English. */
function languageOf(argv: readonly string[]): Lang {
  const at = argv.indexOf('--lang');
  const asked = at >= 0 ? argv[at + 1] : argv.find((a) => a.startsWith('--lang='))?.slice(7);
  if (asked === 'en' || asked === 'zh') return asked;
  return /^en/i.test(process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '') ? 'en' : 'zh';
}

/** Splits the command's name from the rest; options that hold everywhere may stand before it. */
function splitName(argv: readonly string[]): { name: string | undefined; rest: string[] } {
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--lang') i++;
    else if (!argv[i]!.startsWith('-')) return { name: argv[i], rest: argv.toSpliced(i, 1) };
  }
  return { name: undefined, rest: [...argv] };
}

async function main(argv: string[]): Promise<number> {
  const lang = languageOf(argv);
  const json = argv.includes('--json');
  const { name, rest } = splitName(argv);
  const command = commands.find((c) => c.name === name);
  try {
    if (name !== undefined && name !== 'help' && name !== 'version' && !command) throw noCommand(name);
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { ...command?.options, ...everywhere },
    });
    if (values.lang !== undefined && values.lang !== 'zh' && values.lang !== 'en')
      throw new WrongUse({ zh: '--lang 只能是 zh 或 en', en: '--lang takes zh or en' });
    if (name === 'version' || values.version) {
      console.log(json ? JSON.stringify({ version }) : version);
      return 0;
    }
    const about =
      name === 'help' && positionals[0] ? commands.find((c) => c.name === positionals[0]) : command;
    if (name === 'help' && positionals[0] && !about) throw noCommand(positionals[0]);
    if (!command || values.help) {
      console.log(json ? JSON.stringify(helpJson(lang, about)) : help(lang, about));
      return 0;
    }
    checkWords(command, positionals);
    return (await command.run(contextOf(lang, json, values as Context['options'], positionals))) ?? 0;
  } catch (error) {
    return fail(error, lang, json, command);
  }
}

function contextOf(lang: Lang, json: boolean, options: Context['options'], words: string[]): Context {
  return {
    lang,
    json,
    options,
    words,
    say: (text) => (json ? undefined : console.log(text[lang])),
    progress: (text) => {
      if (!json && process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
    },
    result: (value, text) => console.log(json ? JSON.stringify(value) : text[lang]),
  };
}

const noCommand = (name: string) =>
  new WrongUse({ zh: `没有“${name}”这个命令`, en: `There is no command ${name}` });

/** A command gets as many words as it takes, so that a slip is noticed before anything is opened. */
function checkWords(command: Command, words: readonly string[]): void {
  const verb = '' in command.verbs ? '' : (words[0] ?? '');
  const takes = Object.hasOwn(command.verbs, verb) ? command.verbs[verb] : undefined;
  const given = verb === '' ? words.length : words.length - 1;
  if (takes === undefined) {
    const known = Object.keys(command.verbs).join(' | ');
    throw new WrongUse(
      verb === ''
        ? { zh: `zc ${command.name} 之后应写 ${known}`, en: `zc ${command.name} takes ${known}` }
        : {
            zh: `没有“${command.name} ${verb}”这个命令，应写 ${known}`,
            en: `There is no command ${command.name} ${verb}: write ${known}`,
          },
    );
  }
  if (given < takes) throw new WrongUse({ zh: '命令不完整', en: 'The command is not complete' });
  if (given > takes)
    throw new WrongUse({
      zh: `不认识多出的“${words.at(-1)}”`,
      en: `${words.at(-1)} is one word too many`,
    });
}

function fail(error: unknown, lang: Lang, json: boolean, command: Command | undefined): number {
  const { exitCode, code, text } = explain(error);
  if (json) console.log(JSON.stringify({ ok: false, code, error: text[lang] }));
  else console.error(text[lang]);
  if (exitCode === 2 && !json) console.error(`\n${help(lang, command)}`);
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2));
