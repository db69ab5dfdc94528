import type { ReactNode } from 'react';
import { listHref } from '@/api/list-address.ts';
import { FilterLinks } from './filter-links.tsx';
import { ListSearch } from './list-search.tsx';

type SearchByStateProps = {
  path: string;
  q: string | undefined;
  state: string | undefined;
  words: { search: string; filter: string; all: string };
  states: { value: string; label: string }[];
};

/** A search over a list and a filter by state. Each keeps what the other narrows it to. */
export function SearchByState({ path, q, state, words, states }: SearchByStateProps): ReactNode {
  return (
    <>
      <ListSearch path={path} label={words.search} q={q} keep={{ state }} />
      <FilterLinks
        label={words.filter}
        current={state}
        all={{ href: listHref(path, { q }), label: words.all }}
        options={states.map(({ value, label }) => ({ value, label, href: listHref(path, { q, state: value }) }))}
      />
    </>
  );
}
