/** Where coupons are looked after: operators handle everybody's, sellers their own. */
export type CouponRoom = 'console' | 'studio';

export const couponPaths = { console: '/console/coupons', studio: '/studio/coupons' } as const;
