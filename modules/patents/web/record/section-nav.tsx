import { useEffect, useState } from 'react';
import { useText } from '../text.ts';
import css from './record.module.css';

/** A section of the page: id of its head, its name, and how much is in it; 0 for nothing. */
export interface SectionEntry {
  id: string;
  name: string;
  count?: number;
}

/** The way to the sections of a record; the one that is read is marked. */
export function SectionNav({ sections }: { sections: readonly SectionEntry[] }) {
  const t = useText();
  const [current, setCurrent] = useState(sections[0]?.id);
  const ids = sections.map((s) => s.id).join(' ');
  useEffect(() => {
    const heads = ids.split(' ').flatMap((id) => document.getElementById(id) ?? []);
    function follow() {
      const passed = heads.filter((head) => head.getBoundingClientRect().top < 140);
      setCurrent((passed.at(-1) ?? heads[0])?.id);
    }
    follow();
    addEventListener('scroll', follow, { passive: true });
    return () => removeEventListener('scroll', follow);
  }, [ids]);
  return (
    <nav className={`${css.nav} no-print`} aria-label={t('record.sections')}>
      <ul>
        {sections.map((section) => (
          <li key={section.id}>
            <a
              href={`#${section.id}`}
              aria-current={section.id === current ? 'location' : undefined}
              data-empty={section.count === 0}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(section.id)?.scrollIntoView();
              }}
            >
              {section.name}
              {section.count !== undefined && section.count > 0 && <span>{section.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
