import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useEffect, useState } from 'react';
import { useLang } from '../i18n.ts';
import { usePrefs } from '../prefs.ts';
import { antdTheme } from './antd-theme.ts';

/** Gives antd the tokens, the language and the letter size. */
export function Look({ children }: { children: ReactNode }) {
  const lang = useLang();
  const { largePrint } = usePrefs();
  const [english, setEnglish] = useState<Locale | null>(null);
  useEffect(() => {
    if (lang === 'en') void import('antd/locale/en_US').then((m) => setEnglish(m.default));
  }, [lang]);
  useEffect(() => {
    dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  }, [lang]);
  useEffect(() => {
    document.documentElement.classList.toggle('large-print', largePrint);
  }, [largePrint]);
  return (
    <ConfigProvider
      locale={lang === 'en' && english ? english : zhCN}
      theme={antdTheme(largePrint)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  );
}
