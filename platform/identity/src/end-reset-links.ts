import { type Queries, statement } from '@stoa/kernel';

const closeRequests = statement<[userId: string, at: string], never>(
  'identity.close_reset_requests',
  "update mail_requests set closed_at = $2 where user_id = $1 and purpose = 'reset_password' and closed_at is null",
);

/**
 * Ends every link to set a new password that was asked for so far, the mails that are not written yet included: whoever
 * sets a password calls this, so that no mail from before can replace it. The caller holds the person's row, for which
 * whoever asks for a link waits: what is asked for meanwhile comes after this.
 * @param at ISO 8601
 */
export async function endResetLinks(tx: Queries, { userId, at }: { userId: string; at: string }): Promise<void> {
  await tx.run(closeRequests, [userId, at]);
}
