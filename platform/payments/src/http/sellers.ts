import { allow, Id } from '@stoa/kernel';

/** Who sells, and those who help them. */
export const sellers = allow.role('instructor', 'supplier', 'fleet', 'support');

/** Whose sales are asked for: one's own, or for support those of the seller that is named. */
export const SellerQuery = { sellerId: Id.optional() };
