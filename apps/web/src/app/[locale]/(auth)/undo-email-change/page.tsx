import type { Metadata } from 'next';
import type { AuthSearch } from '../interaction.ts';
import { MailedLinkPage, mailedLinkMetadata } from '../mailed-link.tsx';

export function generateMetadata(): Promise<Metadata> {
  return mailedLinkMetadata('undoEmailChange');
}

/** `/undo-email-change?token=`: from the mail to the address that an account had. */
export default function UndoEmailChangePage({ searchParams }: { searchParams: AuthSearch }) {
  return <MailedLinkPage step="undoEmailChange" searchParams={searchParams} />;
}
