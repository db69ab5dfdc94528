import { type Deps, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import { formatVerificationCode, parseVerificationCode } from './verification-code.ts';

export type CertificateRow = {
  id: string;
  /** Null once the holder asked to be forgotten. */
  user_id: string | null;
  course_id: string;
  code: string;
  holder_name: string;
  course_title: string;
  instructor_name: string;
  locale: string;
  time_zone: string;
  completed_at: string;
  revoked_at: string | null;
  slug: string;
  instructor_id: string;
};
const columns = `s.id, s.user_id, s.course_id, s.code, s.holder_name, s.course_title, s.instructor_name, s.locale,
  s.time_zone, s.completed_at, s.revoked_at, c.slug, c.instructor_id`;
const findByCode = statement<[code: string], CertificateRow>(
  'enrollment.certificate_by_code',
  `select ${columns} from certificates s join courses c on c.id = s.course_id where s.code = $1`,
);
export const findById = statement<[id: string], CertificateRow>(
  'enrollment.certificate_by_id',
  `select ${columns} from certificates s join courses c on c.id = s.course_id where s.id = $1`,
);

/**
 * What anyone may know who holds a certificate's code: whether it is genuine, whose it is and for what. Forgives how
 * the code was typed. A holder who asked to be forgotten has no name. Why a certificate was revoked stays between its holder and the school.
 * @throws certificate_not_found
 */
export function verifyCertificate(deps: Pick<Deps, 'db'>) {
  return async ({ code }: { code: string }) => {
    const parsed = parseVerificationCode(code);
    const row = parsed ? await deps.db.row(findByCode, [parsed]) : undefined;
    if (!row) throw errors.certificate_not_found();
    return toCertificate(row);
  };
}

/** A certificate as its code shows it. */
export function toCertificate(row: CertificateRow) {
  return {
    id: row.id,
    code: formatVerificationCode(row.code),
    valid: row.revoked_at === null,
    revoked: row.revoked_at !== null,
    revokedAt: row.revoked_at,
    holderName: row.user_id === null ? null : row.holder_name,
    courseId: row.course_id,
    courseSlug: row.slug,
    courseTitle: row.course_title,
    instructorName: row.instructor_name,
    completedAt: row.completed_at,
  };
}
