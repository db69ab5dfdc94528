import { getLocale } from 'next-intl/server';
import { redirect } from '@/i18n/navigation.ts';
import { problemOf } from './client.ts';
import { hrefWithoutRefused, type ListQuery } from './list-address.ts';

type Answer<Data> = { data?: Data; error?: unknown; response: Response };

/**
 * The data of a list's answer. Where its address asks for something the API refuses, such as a cursor of another list or a
 * search that is far too long, it leads to the address without that. Any other refusal is thrown, as `orThrow` does.
 * @param query what of the address was handed on to the API, by the same names
 */
export async function pageOrFirst<Data>(answer: Answer<Data>, path: string, query: ListQuery): Promise<Data> {
  if (answer.response.ok && answer.data !== undefined) return answer.data;
  const problem = problemOf(answer);
  const href = hrefWithoutRefused(path, query, problem);
  if (href === null) throw problem;
  return redirect({ href, locale: await getLocale() });
}
