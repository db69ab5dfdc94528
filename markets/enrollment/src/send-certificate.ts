import { type Ctx, type Deps, hasRole, kernelErrors, requireUser } from '@stoa/kernel';
import { errors } from './errors.ts';
import { nameCertificates } from './name-certificates.ts';
import { type CertificateRow, findById, toCertificate } from './verify-certificate.ts';

/**
 * A certificate as a PDF file, the same bytes every time. One that was issued without a name takes on the name its holder
 * has signed in with: an issuer other than ours tells names only so.
 * @throws not_signed_in, not_found (also for someone else's certificate, and when its holder was forgotten), certificate_revoked
 */
export function sendCertificate(deps: Pick<Deps, 'db' | 'publicUrl'>) {
  return async ({ certificateId }: { certificateId: string }, ctx: Ctx): Promise<{ name: string; content: Buffer }> => {
    const { userId, name } = requireUser(ctx);
    let row = await deps.db.row(findById, [certificateId]);
    if (!row) throw kernelErrors.not_found();
    const teaches = hasRole(ctx, 'instructor') && row.instructor_id === userId;
    // Of a forgotten holder there is nothing left to draw.
    if (row.user_id === null) throw kernelErrors.not_found();
    if (row.user_id !== userId && !teaches && !hasRole(ctx, 'admin')) throw kernelErrors.not_found();
    if (row.revoked_at !== null) throw errors.certificate_revoked();
    if (row.user_id === userId && row.holder_name.trim() === '') row = await nameIt(deps, { row, userId, name });
    const { code } = toCertificate(row);
    // What draws is large: loaded for the first who asks, not at every start.
    const { drawCertificate } = await import('./draw-certificate.ts');
    const content = await drawCertificate({
      holderName: row.holder_name,
      courseTitle: row.course_title,
      instructorName: row.instructor_name,
      completedAt: new Date(row.completed_at),
      timeZone: row.time_zone,
      language: row.locale,
      code,
      verificationUrl: `${deps.publicUrl}/certificates/${code}`,
    });
    return { name: `stoa-${row.slug.replace(/[^\w-]/g, '')}-${code.slice(0, 5)}.pdf`, content };
  };
}

async function nameIt(
  { db }: Pick<Deps, 'db'>,
  { row, userId, name }: { row: CertificateRow; userId: string; name: string },
): Promise<CertificateRow> {
  await db.run(nameCertificates, [userId, name]);
  return (await db.row(findById, [row.id])) ?? row;
}
