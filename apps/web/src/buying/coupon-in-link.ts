/** The code of a coupon that an address carries, as in `/courses/tea?coupon=SPRING`; empty when it carries none. */
export function couponInLink({ coupon }: { [name: string]: string | string[] | undefined }): string {
  return typeof coupon === 'string' ? coupon.trim().slice(0, 40).toUpperCase() : '';
}

/** A path that carries a code on. */
export function withCoupon(path: string, coupon: string): string {
  return coupon ? `${path}?coupon=${encodeURIComponent(coupon)}` : path;
}
