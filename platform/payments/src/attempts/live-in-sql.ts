import { liveStatuses } from '../core/order-edges.ts';

/** The statuses in which a payment may still become money, for statements: `status in ${liveInSql}`. */
export const liveInSql = `(${liveStatuses.map((status) => `'${status}'`).join(', ')})`;
