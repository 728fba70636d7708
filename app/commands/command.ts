import type { ParseArgsConfig } from 'node:util';
import type { Lang, Text } from '#kernel/text';

/** What a command may use. `say` is silent with --json; `result` is the one line of JSON that programs read. */
export interface Context {
  lang: Lang;
  json: boolean;
  options: Record<string, string | boolean | undefined>;
  /** Words after the command's name that are no options. */
  words: string[];
  say(text: Text): void;
  /** Overwrites one line on a terminal; nothing elsewhere. */
  progress(text: string): void;
  result(value: unknown, text: Text): void;
}

/** One command of `zc`. `run` returns the exit code, 0 when absent. What is large is imported when it runs. */
export interface Command {
  name: string;
  /** Lines as typed, without `zc`. */
  usage: readonly string[];
  about: Text;
  /** More lines for `zc help NAME`. */
  details?: { zh: readonly string[]; en: readonly string[] };
  options?: NonNullable<ParseArgsConfig['options']>;
  /** First words that are understood, each with the number of words it takes after it; '' where there is no such word. */
  verbs: Readonly<Record<string, number>>;
  run(context: Context): Promise<number | undefined>;
}

/** A reason why a command cannot go on, in both languages. Ends with exit code 1. */
export class Refusal extends Error {
  readonly exitCode: number = 1;
  constructor(readonly text: Text) {
    super(text.en);
    this.name = 'Refusal';
  }
}

/** A command that was not written as it should be. Ends with exit code 2, and its usage is shown. */
export class WrongUse extends Refusal {
  override readonly exitCode = 2;
}

/** A string option, or undefined. */
export function text(context: Context, name: string): string | undefined {
  const value = context.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A string option that must be there. */
export function needed(context: Context, name: string): string {
  const value = text(context, name);
  if (!value) throw new WrongUse({ zh: `缺少 --${name}`, en: `--${name} is missing` });
  return value;
}
