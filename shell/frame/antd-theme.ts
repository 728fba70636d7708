import type { ThemeConfig } from 'antd';
import { tokens } from '../theme.ts';

/** antd in the house's tokens: no motion, 4-px corners, ink blue. */
export function antdTheme(largePrint: boolean): ThemeConfig {
  return {
    hashed: false,
    token: {
      colorPrimary: tokens.primary,
      colorLink: tokens.primary,
      colorLinkHover: tokens.primaryHover,
      colorSuccess: tokens.met,
      colorWarning: tokens.atRisk,
      colorError: tokens.behind,
      colorText: tokens.text,
      colorTextSecondary: tokens.muted,
      colorTextPlaceholder: tokens.muted,
      colorBorder: tokens.lineStrong,
      colorBorderSecondary: tokens.line,
      colorBgLayout: tokens.ground,
      borderRadius: 4,
      borderRadiusLG: 4,
      borderRadiusSM: 3,
      fontFamily: 'var(--zc-font-sans)',
      fontSize: largePrint ? 18 : 14,
      controlHeight: largePrint ? 44 : 34,
      motion: false,
      // A button at work stays readable.
      opacityLoading: 1,
      wireframe: false,
    },
    components: {
      Table: {
        headerBg: tokens.ground,
        headerColor: tokens.text,
        cellPaddingBlock: 9,
        rowHoverBg: tokens.ground,
        rowSelectedBg: tokens.primaryGround,
        rowSelectedHoverBg: tokens.primaryGround,
      },
    },
  };
}
