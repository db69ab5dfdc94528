import type { Metadata } from 'next';
import type { AuthSearch } from '../interaction.ts';
import { MailedLinkPage, mailedLinkMetadata } from '../mailed-link.tsx';

export function generateMetadata(): Promise<Metadata> {
  return mailedLinkMetadata('changeEmail');
}

/** `/change-email?token=`: from the mail to the new address of an account. */
export default function ChangeEmailPage({ searchParams }: { searchParams: AuthSearch }) {
  return <MailedLinkPage step="changeEmail" searchParams={searchParams} />;
}
