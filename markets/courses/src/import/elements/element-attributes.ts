import type { Element } from 'hast';
import type { Work } from './conversion.ts';

/** The value of an attribute as the source wrote it, or null. Names in lower case. */
export function attributeOf(element: Element, name: string): string | null {
  for (const [key, value] of Object.entries(element.properties)) {
    const lower = key.toLowerCase();
    if (lower !== name && !(name === 'class' && lower === 'classname')) continue;
    if (value === null || value === undefined || value === false) return null;
    if (value === true) return '';
    return Array.isArray(value) ? value.join(' ') : String(value);
  }
  return null;
}

/** Longer styles than people write are not searched: patterns over them would cost quadratic time. */
export function styleOf(node: Element): string {
  return (attributeOf(node, 'style') ?? '').slice(0, 2000);
}

/** Element names come from outside and may be `constructor`. */
export function known<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

export function noteActiveAttributes(node: Element, work: Work) {
  for (const key of Object.keys(node.properties)) {
    const name = key.toLowerCase();
    if (/^on[a-z]/.test(name)) work.notes.count('event_handlers_removed');
    const style = name === 'style' ? styleOf(node) : '';
    if (name === 'style' && !onlyMarks(style)) {
      work.notes.count('styles_simplified');
    }
    if (name === 'hidden' || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) {
      work.notes.count('hidden_shown');
    }
    if (name === 'srcdoc') work.notes.count('embedded_pages_removed');
  }
}

function onlyMarks(style: string): boolean {
  return style
    .split(';')
    .every((rule) => rule.trim() === '' || /^\s*(font-weight|font-style|text-decoration)\s*:/i.test(rule));
}

export function pixels(node: Element, name: 'width' | 'height'): number | null {
  const style = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*(\\d{1,5})(?:\\.\\d+)?px`, 'i').exec(styleOf(node));
  const text = style?.[1] ?? attributeOf(node, name) ?? '';
  if (!/^\s*\d{1,5}(\.\d+)?(px)?\s*$/.test(text)) return null;
  const value = Math.round(Number.parseFloat(text));
  return value >= 1 && value <= 20_000 ? value : null;
}
