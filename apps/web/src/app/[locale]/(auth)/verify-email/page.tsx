import type { Metadata } from 'next';
import type { AuthSearch } from '../interaction.ts';
import { MailedLinkPage, mailedLinkMetadata } from '../mailed-link.tsx';

export function generateMetadata(): Promise<Metadata> {
  return mailedLinkMetadata('verifyEmail');
}

/** `/verify-email?token=`: an address is proven. */
export default function VerifyEmailPage({ searchParams }: { searchParams: AuthSearch }) {
  return <MailedLinkPage step="verifyEmail" searchParams={searchParams} />;
}
