/** Why one thing cannot be bought for oneself. */
export const itemRefusals = ['item_unknown', 'item_not_for_sale', 'item_is_free', 'item_already_owned'] as const;

/** Why a cart cannot become what is asked for. */
export const cartRefusals = [
  ...itemRefusals,
  'item_in_bundle',
  'item_not_giftable',
  'quantity_too_large',
  'mixed_currencies',
] as const;

/** Why a coupon cannot be used. */
export const couponRefusals = [
  'coupon_unknown',
  'coupon_not_now',
  'coupon_used_up',
  'coupon_already_used',
  'coupon_not_applicable',
] as const;
