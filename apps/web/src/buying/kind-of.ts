/** What something bought is, for words about it: a bundle is several courses, a plan is a membership. */
export type ItemKind = 'course' | 'bundle' | 'membership';

/** The kind of an item by its SKU, or by the path of its page where no SKU is known. */
export function kindOf(skuOrPath: string): ItemKind {
  if (/^(bundle:|\/bundles\/)/.test(skuOrPath)) return 'bundle';
  return /^(plan:|\/memberships\/)/.test(skuOrPath) ? 'membership' : 'course';
}

/** The kind that all of these are, or `mixed`. */
export function commonKind(skus: readonly string[]): ItemKind | 'mixed' {
  const kinds = new Set(skus.map(kindOf));
  const [first = 'course'] = kinds;
  return kinds.size > 1 ? 'mixed' : first;
}
