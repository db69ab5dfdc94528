import { statement } from '@stoa/kernel';

/**
 * Gives a name to those certificates of a person that were issued without one. A name that is on a certificate stays,
 * whatever the person is called later: it is what was certified.
 */
export const nameCertificates = statement<[userId: string, name: string], never>(
  'enrollment.name_certificates',
  `update certificates set holder_name = btrim($2) where user_id = $1 and btrim(holder_name) = '' and btrim($2) <> ''`,
);
