import { z } from 'zod';

/**
 * Something the product says to a person, as data: a stable code, and what it speaks of. It is stored like this and put
 * into words when somebody reads it, in their language.
 */
export type Note = { code: string; params: Record<string, NoteParam> };
/** A name, a number, or another note (the reason of a refusal). */
export type NoteParam = string | number | Note;

const NoteParam: z.ZodType<NoteParam> = z.lazy(() => z.union([z.string().max(2000), z.number(), Note]));
export const Note: z.ZodType<Note> = z.strictObject({
  code: z.string().max(60),
  params: z.record(z.string().max(40), NoteParam),
});

/** The languages of the product. */
export type NoteLocale = 'en' | 'pt-BR' | 'es';

/** A sentence with `{name}` where a parameter stands; two of them where `{count}` decides: for one, and for any other. */
export type Phrase = string | readonly [one: string, other: string];
export type Phrases = Readonly<Record<string, Readonly<Record<NoteLocale, Phrase>>>>;

/** The names of the parameters in a phrase. */
type NamesIn<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type WordsOf<P> = P extends readonly [string, infer Other] ? Other : P;
/** What has to be said with a code of a table of phrases; nothing when its phrase has no parameter. */
export type ParamsOf<P extends { en: Phrase }> = [NamesIn<WordsOf<P['en']>>] extends [never]
  ? []
  : [params: Record<NamesIn<WordsOf<P['en']>>, NoteParam>];

/**
 * A note in words.
 * @returns null for a code that the phrases do not have
 */
export function sayNote(note: Note, { phrases, locale }: { phrases: Phrases; locale: NoteLocale }): string | null {
  const phrase = Object.hasOwn(phrases, note.code) ? phrases[note.code]?.[locale] : undefined;
  if (phrase === undefined) return null;
  return wordsOf(phrase, { count: note.params.count, locale }).replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(note.params, name) ? note.params[name] : undefined;
    if (typeof value === 'object') return sayNote(value, { phrases, locale }) ?? value.code;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : (value ?? '');
  });
}

function wordsOf(phrase: Phrase, { count, locale }: { count: NoteParam | undefined; locale: NoteLocale }): string {
  if (typeof phrase === 'string') return phrase;
  const isOne = typeof count === 'number' && new Intl.PluralRules(locale).select(count) === 'one';
  return isOne ? phrase[0] : phrase[1];
}
