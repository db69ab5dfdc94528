import type { Metadata } from 'next';
import type { AuthSearch } from '../interaction.ts';
import { MailedLinkPage, mailedLinkMetadata } from '../mailed-link.tsx';

export function generateMetadata(): Promise<Metadata> {
  return mailedLinkMetadata('resetPassword');
}

/** `/reset-password?token=`: a new password. */
export default function ResetPasswordPage({ searchParams }: { searchParams: AuthSearch }) {
  return <MailedLinkPage step="resetPassword" searchParams={searchParams} />;
}
