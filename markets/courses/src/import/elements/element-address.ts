import { documentAddress } from '../document-address.ts';
import { oneLine } from '../document-text.ts';
import { note } from '../notes.ts';
import type { Work } from './conversion.ts';

/** The address as the document may hold it, or null with a note that says why it may not. */
export function addressOf(raw: string, use: 'link' | 'media', work: Work): string | null {
  const address = documentAddress(raw, use, work.resolve);
  if (address.ok) {
    if (address.note === 'upgraded') {
      work.notes.count('addresses_upgraded');
    }
    return address.href;
  }
  if (address.why === 'missing') {
    const name = oneLine(raw, 300);
    work.missing.add(name);
    work.notes.say(note('missing_in_source', { name }));
  }
  if (address.why === 'script') work.notes.count('active_addresses_removed');
  if (address.why === 'relative') work.notes.count('dead_links_removed');
  if (address.why === 'foreign') {
    work.notes.count('unsupported_addresses_removed');
  }
  return null;
}
