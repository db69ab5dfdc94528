import { erasedPeople, Id, type Queries } from '@stoa/kernel';

export const { noteErased, isErased, refuseErased } = erasedPeople('payments');

/** The same of whoever sells something: a market may name nobody (the house), or somebody who is no person of ours. */
export async function isSellerErased(tx: Queries, sellerId: string): Promise<boolean> {
  return Id.safeParse(sellerId).success && isErased(tx, sellerId);
}
