/**
 * The design tokens: the one place for colours, type and spacing. Components use them as CSS variables (`var(--zc-primary)`);
 * antd and the charts take them from here.
 */
export const tokens = {
  primary: '#1d4f91',
  primaryHover: '#163f75',
  primaryGround: '#e9eff7',
  met: '#2e7d4f',
  atRisk: '#a0660f',
  behind: '#b3261e',
  noData: '#646c7a',
  metGround: '#e8f3ec',
  atRiskGround: '#fbf2e0',
  behindGround: '#fbeae8',
  noDataGround: '#eef0f3',
  ground: '#f6f7f9',
  surface: '#ffffff',
  line: '#dfe3e8',
  lineStrong: '#b9c1cc',
  text: '#1c2430',
  muted: '#5b6675',
} as const;

/** The same names on the dark ground of a wall screen. */
export const darkTokens: Record<keyof typeof tokens, string> = {
  primary: '#8ab6f0',
  primaryHover: '#b3d0f7',
  primaryGround: '#1d3350',
  met: '#6cc592',
  atRisk: '#f0b452',
  behind: '#ff8a7d',
  noData: '#a3adbd',
  metGround: '#17382a',
  atRiskGround: '#40300f',
  behindGround: '#481d1c',
  noDataGround: '#2a3444',
  ground: '#0e1726',
  surface: '#152033',
  line: '#2b3a52',
  lineStrong: '#4a5d7c',
  text: '#eef3fa',
  muted: '#a7b4c8',
};

/** Colours of categories in charts, at most eight; what goes beyond is grouped as "other". */
export const categories = [
  '#1d4f91',
  '#c0662b',
  '#2e7d4f',
  '#7b4fa3',
  '#0f7c8a',
  '#a8324a',
  '#6b6b2f',
  '#56606e',
] as const;

/** System fonts only: nothing is loaded. English text takes Latin faces first: Chinese ones draw its quotes full width. */
export const fonts = {
  latin:
    '"Segoe UI","Helvetica Neue",Arial,"Liberation Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
  sans: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif',
  serif: '"Songti SC","SimSun","Noto Serif CJK SC",serif',
  document: '"FangSong","仿宋","FangSong_GB2312","STFangsong","Noto Serif CJK SC",serif',
} as const;

function variables(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `--zc-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}:${value};`)
    .join('');
}

/** The tokens as CSS; `[data-theme=dark]` turns a part of the page dark. */
export function tokenCss(): string {
  return `:root{${variables(tokens)}${variables({ fontSans: fonts.sans, fontSerif: fonts.serif, fontDocument: fonts.document })}}
:root:lang(en){${variables({ fontSans: fonts.latin })}}
[data-theme=dark]{${variables(darkTokens)}color-scheme:dark;}`;
}

/** Puts the tokens into the page. */
export function installTokens(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokenCss());
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
